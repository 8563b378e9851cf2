/** The wall of one host: a pure function of what is known, and of the size of the screen. */
import type { FindingsReport } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
import { type BoxMap, chooseSize, placeBoxes } from './boxes'
import { type DoorMap, doorsHeight, placeDoors } from './doors'
import { gatherFacts, type WallFacts } from './facts'
import { type Frame, frameOf, HEAD_SHARES } from './frame'
import { type CountBlocks, placeCount, placeWorst, type WorstBlocks } from './headline'
import type { WallTexts } from './texts'

export interface WallPicture {
  frame: Frame
  facts: WallFacts
  count: CountBlocks
  worst: WorstBlocks
  doors: DoorMap
  boxes: BoxMap
}

export interface WallInput {
  host: Host
  /** All of the topology: a machine may have several connections. */
  hosts: readonly Host[]
  findings: FindingsReport
  /** Pixels. */
  width: number
  height: number
  texts: WallTexts
}

export function composeWall({ host, hosts, findings, width, height, texts }: WallInput): WallPicture {
  const facts = gatherFacts(host, hosts, findings, texts.map)
  const frame = chooseFrame(width, height, facts, texts)
  const { label } = frame
  return {
    frame,
    facts,
    count: placeCount(frame, facts, texts),
    worst: placeWorst(frame, facts, texts),
    doors: placeDoors(frame.doors, facts.doors, label, texts),
    boxes: placeBoxes(frame.boxes, facts.boxes, label, texts),
  }
}

/** Text of the map that is so much larger than a label is as large as it needs to be: then the headline grows. */
const COMFORTABLE = 1.5

function chooseFrame(width: number, height: number, facts: WallFacts, texts: WallTexts): Frame {
  const [usual, ...larger] = HEAD_SHARES.map(share => frameOf(width, height, share)).reverse()
  const least = usual ?? frameOf(width, height)
  if (least.form !== 'wide') return divide(least, facts.doors.length)
  const isEnough = ({ doors, boxes, label }: Frame) =>
    chooseSize(boxes, facts.boxes, label, texts) >= COMFORTABLE * label &&
    doorsHeight(doors, facts.doors.length, label * 1.2) <= doors.height
  return larger.reverse().find(isEnough) ?? least
}

/** Below each other, few doors leave their room to the boxes. */
function divide(frame: Frame, doorCount: number): Frame {
  if (frame.form !== 'tall') return frame
  const { doors, boxes, label } = frame
  const height = Math.min(doors.height, doorsHeight(doors, doorCount, label))
  const moved = doors.height - height
  return {
    ...frame,
    doors: { ...doors, height },
    boxes: { ...boxes, y: boxes.y - moved, height: boxes.height + moved },
  }
}
