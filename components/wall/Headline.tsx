'use client'

import { useEffect, useMemo, useState } from 'react'
import { describeFreshness, type Mood, type Stale } from '@/lib/client/freshness'
import { useNow, usePage } from '@/components/page-state'
import { useTold } from '@/components/Said'
import { plainly } from '@/lib/client/words/said'
import type { Host } from '@/lib/topology/types'
import type { WallPicture } from '@/lib/wall/compose'
import { below, placeStatus, SIGN } from '@/lib/wall/headline'
import { firstThatFits } from '@/lib/wall/lines'
import { ageText, type WallTexts } from '@/lib/wall/texts'
import { at, Text, WallSign } from './parts'

/** How many doors lead outside, and what the number is made of. */
export function Count({ picture: { count, frame } }: { picture: WallPicture }) {
  const { number, words, made } = count
  return (
    <header data-part="count">
      <h1
        className="absolute flex items-center font-semibold whitespace-pre"
        style={{ left: frame.count.x, top: frame.count.y, width: frame.count.width, height: made.y - frame.count.y }}
      >
        <span style={{ fontSize: number.size, lineHeight: 1, marginRight: 0.2 * number.size }}>{number.lines[0]}</span>{' '}
        <span style={{ fontSize: words.size, lineHeight: 1.25 }}>
          {words.lines.map((line, index) => (
            <span key={`${index} ${line}`} className="block">
              {line}{' '}
            </span>
          ))}
        </span>
      </h1>
      <p className="text-muted">
        <Text block={made} />
      </p>
    </header>
  )
}

/** The worst finding in words; or, when nothing may be taken for current, that. */
export function Worst({ picture, stale, texts }: { picture: WallPicture; stale: Stale | null; texts: WallTexts }) {
  const { worst, facts } = picture
  const { lang } = useTold(facts.worst?.message ?? '')
  if (stale !== null) return <NotLive picture={picture} stale={stale} texts={texts} />
  return (
    <section data-part="worst" data-severity={facts.worst?.severity ?? 'none'}>
      <ul>
        {worst.counts.map(({ severity, text, x, y, width, size }) => (
          <li
            key={severity}
            data-severity={severity}
            className="absolute flex items-center font-semibold whitespace-pre"
            style={{ left: x, top: y, width, fontSize: size, lineHeight: 1.25, gap: SIGN.gap * size }}
          >
            <WallSign name={severity} size={SIGN.size * size} />
            {text}
          </li>
        ))}
      </ul>
      <h2>
        <Text block={worst.title} />
      </h2>
      <p className="text-muted" lang={lang}>
        <Text block={worst.message} />
      </p>
    </section>
  )
}

function NotLive({ picture: { frame }, stale, texts }: { picture: WallPicture; stale: Stale; texts: WallTexts }) {
  const pad = 0.6 * frame.label
  const { x, y, width, height } = frame.worst
  const inner = { x: x + pad, y: y + pad, width: width - 2 * pad, height: height - 2 * pad }
  const signSize = 2 * frame.label
  const room = { ...inner, x: inner.x + signSize + pad, width: inner.width - signSize - pad }
  const title = texts.staleAge(ageText(stale.ageSeconds))
  const blocks = below(
    room,
    title,
    `${plainly(stale.problem)
      .replaceAll('`', '')
      .replace(/(?<![.!?])$/, '.')} ${texts.lastGood}`,
    frame.label,
  )
  return (
    <section data-part="worst" role="alert">
      <div className="wall-not-live absolute" style={at(frame.worst)} />
      <span className="absolute" style={{ left: inner.x, top: inner.y }}>
        <WallSign name="unknown" size={signSize} />
      </span>
      <h2>
        <Text block={blocks.title} />
      </h2>
      <p>
        <Text block={blocks.message} />
      </p>
    </section>
  )
}

const FRESH_SIGNS: Record<Mood, string> = {
  live: 'healthy',
  polling: 'running',
  waiting: 'starting',
  paused: 'paused',
  stale: 'unknown',
}

/** Which host, how fresh it is, and what time it is: a clock that stands still gives a dead screen away. */
export function Status({
  picture: { frame, facts },
  host,
  nth,
  of,
  texts,
}: {
  picture: WallPicture
  host: Host
  nth: number
  of: number
  texts: WallTexts
}) {
  const clock = useClock(texts.clock)
  const blocks = useMemo(() => {
    const sizes = texts.size(facts.containers, facts.running, facts.networks, facts.declared)
    const position = texts.position(nth + 1, of)
    const abouts = of > 1 ? [...sizes.map(size => `${position} · ${size}`), position] : sizes
    return placeStatus(frame, host.name, abouts, clock)
  }, [frame, facts, host.name, nth, of, texts, clock])
  const { size } = blocks.fresh
  return (
    <section data-part="status" aria-label={host.name}>
      <p>
        <Text block={blocks.host} />
      </p>
      <p
        data-fresh
        className="absolute flex items-center whitespace-pre"
        style={{ ...at(blocks.fresh), fontSize: size, lineHeight: 1.25, gap: SIGN.gap * size }}
      >
        <Fresh host={host} size={size} width={blocks.fresh.width} texts={texts} />
      </p>
      <p className="text-muted">
        <Text block={blocks.about} />
      </p>
      <time
        className="absolute font-semibold whitespace-pre"
        style={{ ...at(blocks.clock), fontSize: size, lineHeight: 1.25 }}
      >
        {clock}
      </time>
    </section>
  )
}

function Fresh({ host, size, width, texts }: { host: Host; size: number; width: number; texts: WallTexts }) {
  const stream = usePage(state => state.stream)
  const ages = usePage(state => state.ages)
  const now = useNow()
  const { mood, ageSeconds } = describeFreshness(stream, [host], ages, null, now, texts.page)
  const age = ageText(ageSeconds ?? 0)
  const waiting =
    stream.kind === 'reconnecting' || stream.kind === 'stale'
      ? texts.reconnecting(Math.max(0, Math.ceil((stream.nextTry - now) / 1000)))
      : [texts.connecting]
  const says: Record<Mood, string[]> = {
    live: texts.live(age),
    polling: texts.polling(age),
    waiting,
    paused: [texts.ended],
    stale: stream.kind === 'stale' ? waiting : [stream.kind === 'ended' ? texts.ended : texts.stale],
  }
  return (
    <>
      <WallSign name={FRESH_SIGNS[mood]} size={SIGN.size * size} />
      {firstThatFits(says[mood], size, width - (SIGN.size + SIGN.gap) * size)}
    </>
  )
}

/** The time of day, as text that changes once a minute. */
function useClock(clockOf: (time: Date) => string): string {
  const [text, setText] = useState(() => clockOf(new Date()))
  useEffect(() => {
    const tick = () => setText(clockOf(new Date()))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [clockOf])
  return text
}
