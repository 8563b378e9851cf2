/** Titles of the rules by their id. Where there is none, the title that came with the finding is shown: that is English. */
export type RuleTitles = Readonly<Record<string, string>>

export const rules: RuleTitles = {}
