import {type Episode, follow, noEpisode} from './episode.ts';

/** How many rows the episodes of a series had so far. Plain. */
export type EpisodeLength = {readonly episode: Episode; episodes: number; rows: number; inThis: number};

/** An episode of values that wander has so many rows; one of noise around a level or a trend is over after five. */
export const presumedRows = 20;
/** Of that length one episode is believed before there are any: two make a trend alarm by a third more often than promised in its first two weeks. NAB scores alike up to 8. */
const weight = 1;
/** So many rows of an episode count at most: an incident that lasts says nothing of how chance comes and goes. */
const mostRows = 40;

export const noLength = (): EpisodeLength => ({episode: noEpisode(), episodes: weight, rows: weight * presumedRows, inThis: 0});

/** Rows of an episode in the mean. Never more than presumed: no series is said to be stranger than the others because its episodes last. */
export const meanRows = ({episodes, rows}: EpisodeLength): number => Math.min(presumedRows, rows / episodes);

/** Takes one row. */
export function observeLength(length: EpisodeLength, isRare: boolean): void {
	if (follow(length.episode, isRare) === 'begins') {
		length.episodes++;
		length.inThis = 0;
	}
	if (!isRare || length.inThis === mostRows) return;
	length.inThis++;
	length.rows++;
}
