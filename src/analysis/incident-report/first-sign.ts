import {type Happening, isChange} from '../timeline/happening.ts';

type Told = Happening & {readonly isAround: boolean};

/**
 * The first sign of trouble with an object itself that is still known: after the last change of others before an act, since what was bad before that belongs
 * to what was there before. Undefined where nothing tells of one.
 * @param beforeMs when something was first done against it; what came later is no first sign
 */
export function firstSign(happenings: readonly Told[], beforeMs: number): Told | undefined {
	const early = happenings.filter(({at}) => Date.parse(at) <= beforeMs);
	const signs = early.filter(({isBad, isAround}) => isBad && !isAround);
	const changes = early.filter(each => isChange(each) && each.source !== 'journal' && !each.isAround);
	const lastChangeMs = Math.max(...changes.map(({at}) => Date.parse(at)), Number.NEGATIVE_INFINITY);
	return signs.find(({at}) => Date.parse(at) >= lastChangeMs) ?? signs[0];
}
