import type {LogTemplate, LogTemplates} from './log-miner.ts';

/** Records of a rare template at most, and the part of all: what is written once at the start of a short log is not yet rare. */
const rareCount = 3;
const rareShare = 0.001;

/** Templates that were never seen before a moment, such as a deployment; only those whose lines have a time. */
export const newSince = ({templates}: LogTemplates, atMs: number): readonly LogTemplate[] =>
	templates.filter(({firstMs}) => firstMs !== undefined && firstMs >= atMs);

/** Templates that hardly ever come, the worst level first. */
export const rareTemplates = ({templates}: LogTemplates): readonly LogTemplate[] =>
	templates.filter(({count, share}) => count <= rareCount && share <= rareShare);

/** The part of the records that say that they are errors; undefined where none gives a level. */
export const errorShare = ({errors, levelled}: LogTemplates): number | undefined => (levelled === 0 ? undefined : errors / levelled);
