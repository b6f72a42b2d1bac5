import {addRow, type BlockMeans, noBlocks} from './block-means.ts';
import {type Episode, follow, noEpisode} from './episode.ts';
import {type EpisodeLength, meanRows, noLength, observeLength, presumedRows} from './episode-length.ts';
import {type Explanation, explain, latest} from './explain.ts';
import {type Novelty, noNovelty, observeShape} from './shape-novelty.ts';
import {noStillness, observeStillness, type Stillness} from './stillness.ts';

/** What is remembered of one series: ten thousand numbers at most, whatever its length. Plain, so that it survives JSON. */
export type DetectorState = {
	/** Rows with a value so far. */
	rows: number;
	readonly grains: readonly {readonly means: BlockMeans; readonly novelties: readonly Novelty[]}[];
	readonly stillness: Stillness;
	readonly length: EpisodeLength;
	readonly episode: Episode;
};

/** One row, judged by what came before it. */
export type Observation = {
	/**
	 * On data that stay as they are, an episode as severe as this begins once in 10^severity rows: 3 is once in a thousand. Holds from 2.5
	 * on, as episodes do not come closer. 0 where the row is ordinary, where it has no value, and in the first rows.
	 */
	readonly severity: number;
	readonly episode: 'begins' | 'goes on' | 'none';
	/** What is strange: where an episode begins, and once more ten rows on, when it shows whether a jump is a spike or a level. */
	readonly explanation?: Explanation;
};

/**
 * The last 10, 20 and 40 rows as they are, the last 20 in pairs, and the last 320 in blocks of 16, which is a day of five-minute rows and
 * more. NAB scores within three points of the same with any four of the five, and with half or double the history.
 */
const grains = [
	{
		...{block: 1, history: 1500},
		shapes: [
			{length: 10, stride: 2},
			{length: 20, stride: 5},
			{length: 40, stride: 10},
		],
	},
	{block: 2, history: 750, shapes: [{length: 10, stride: 2}]},
	{block: 16, history: 1000, shapes: [{length: 20, stride: 1}]},
] as const;

/** Nothing is said of the first rows: shapes of 40 rows need some time to know how much they differ. */
export const probationRows = 150;

/**
 * Severity from which a row is an alarm: on data that stay as they are, one in 630 rows at most. Fixed for all series: the best for each of
 * the 27 sets of NAB's given series that leave out one.
 */
export const alarmSeverity = 2.8;

export const newDetector = (): DetectorState => ({
	rows: 0,
	grains: grains.map(({shapes}) => ({means: noBlocks(), novelties: shapes.map(noNovelty)})),
	stillness: noStillness(),
	length: noLength(),
	episode: noEpisode(),
});

/**
 * Judges the next row of a series and remembers it. Rows are counted, not time; a row without a value (NaN, infinite) is left out. One
 * setting for all series: nothing is to be chosen, and neither unit nor size of the values matters. Counters are given as their rate.
 */
export function observe(state: DetectorState, value: number): Observation {
	if (!Number.isFinite(value)) return {severity: 0, episode: 'none'};
	state.rows++;
	state.grains.forEach(({means, novelties}, at) => {
		const {shapes, ...grain} = grains[at] as (typeof grains)[number];
		if (!addRow(means, grain, value)) return;
		novelties.forEach((novelty, shape) => {
			observeShape(novelty, means.points, {history: grain.history, ...(shapes[shape] as (typeof shapes)[number])});
		});
	});
	const standing = observeStillness(state.stillness, value);
	const rarity = state.rows <= probationRows ? 0 : Math.max(shapeRarity(state), standing);
	const severity = severityOf(rarity, meanRows(state.length));
	observeLength(state.length, severityOf(rarity, presumedRows) >= alarmSeverity);
	const episode = follow(state.episode, severity >= alarmSeverity);
	const isExplained = episode === 'begins' || (episode === 'goes on' && state.episode.age === latest - 1);
	return isExplained ? {severity, episode, explanation: explain(state.grains[0]?.means.points ?? [])} : {severity, episode};
}

/** How sharply the rarest shape prevails over the others: the exponent of their mean. NAB scores within two points from 3 to 12. */
const prevalence = 6;

function shapeRarity({grains: states}: DetectorState): number {
	const rarities = states.flatMap(({novelties}) => novelties.map(({rarity}) => rarity));
	return (rarities.reduce((sum, rarity) => sum + rarity ** prevalence, 0) / rarities.length) ** (1 / prevalence);
}

/**
 * Of the rate of rows makes that of episodes. Shapes overlap, so a rare row seldom comes alone: where the rows of an episode are many, the
 * episodes are few.
 */
const severityOf = (rarity: number, rowsOfEpisode: number) => (rarity === 0 ? 0 : rarity + Math.log10(rowsOfEpisode));
