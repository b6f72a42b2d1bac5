import type {MeasuredUnit} from '../text/measured-text.ts';

/** From where on a value is no longer well. */
type Threshold = {readonly at: number; readonly level: 'warn' | 'bad'};

export type SeriesPicture = {
	/** What tells it from the others of its panel. Third parties' words. */
	readonly legend: string;
	/** That others are held against, such as a limit. */
	readonly isBound: boolean;
	/** Null where the newest moments have no number. */
	readonly now: number | null;
	readonly mean: number;
	readonly most: number;
	/** One for each moment, the oldest first; null where there is none. */
	readonly values: readonly (number | null)[];
};

export type PanelPicture = {
	readonly name: string;
	readonly title: string;
	/** Panels of a section stand together. */
	readonly section: string;
	readonly unit: MeasuredUnit;
	readonly about: string;
	readonly thresholds: readonly Threshold[];
	/** Bounds behind the others; those the largest first. Never empty. */
	readonly series: readonly SeriesPicture[];
	/** More series there were. */
	readonly leftOut: number;
};

/** A dashboard as it is drawn: in a terminal, on a screen that goes on, on a page. Times are ISO dates. */
export type DashboardPicture = {
	readonly title: string;
	readonly context: string;
	readonly source: string;
	readonly from: string;
	/** The newest moment. */
	readonly to: string;
	/** When it was read, by the clock of whoever read it. */
	readonly readAt: string;
	readonly stepSeconds: number;
	/** When the version that runs began, where somebody rolls it out. */
	readonly rolledOutAt?: string | undefined;
	readonly panels: readonly PanelPicture[];
	readonly leftOut: readonly {readonly what: string; readonly why: string}[];
	/** Why it could not be read again since: what is drawn is what was read last. */
	readonly trouble?: string | undefined;
};

/** How well a panel is by the newest numbers of what it is about. */
export function panelLevel({series, thresholds}: Pick<PanelPicture, 'series' | 'thresholds'>): 'well' | 'warn' | 'bad' {
	const most = Math.max(...series.flatMap(({isBound, now}) => (isBound || now === null ? [] : [now])), Number.NEGATIVE_INFINITY);
	const reached = thresholds.filter(({at}) => most >= at).map(({level}) => level);
	return reached.includes('bad') ? 'bad' : reached.includes('warn') ? 'warn' : 'well';
}

/** Beyond this many times the largest value, a bound would press the curves flat. */
const boundReach = 2.5;

const mostOf = (all: readonly SeriesPicture[]) => Math.max(0, ...all.map(({most}) => most));

/** Bounds that are drawn with the curves, and those that lie so far above that they are only named. */
export function boundsOfPanel({series}: Pick<PanelPicture, 'series'>): {
	readonly near: readonly SeriesPicture[];
	readonly far: readonly SeriesPicture[];
} {
	const top = boundReach * mostOf(series.filter(({isBound}) => !isBound));
	const [near = [], far = []] = [true, false].map(isNear => series.filter(({isBound, most}) => isBound && most <= top === isNear));
	return {near, far};
}

/** Less than this of a name tells people nothing. */
const shortest = 4;

/** What the legends of a panel have in common up to their last dash, as names of pods do: it tells nothing apart. */
function commonBeginning(legends: readonly string[]): string {
	const [first = '', ...others] = legends;
	let end = others.length === 0 ? 0 : first.length;
	for (const other of others) while (!other.startsWith(first.slice(0, end))) end--;
	const common = first.slice(0, first.slice(0, end).lastIndexOf('-') + 1);
	return legends.every(legend => legend.length - common.length >= shortest) ? common : '';
}

/** The legends of a panel, as short as they still tell its series apart: `…x7k2p`. */
export function shortLegends({series}: Pick<PanelPicture, 'series'>): readonly string[] {
	const common = commonBeginning(series.filter(({isBound}) => !isBound).map(({legend}) => legend));
	return series.map(({legend, isBound}) => (isBound || common === '' ? legend : `…${legend.slice(common.length)}`));
}
