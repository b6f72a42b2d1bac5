import {expect, test} from 'vitest';
import {ownForecastSet} from './forecast-set.ts';
import {ownKinds} from './own-series.ts';

test('makes the same series for the same seed', () => {
	expect(ownKinds(2, 3)).toEqual(ownKinds(2, 3));
	for (const {series} of ownKinds(1))
		for (const {training, truth} of series) expect([...training, ...truth].every(value => Number.isFinite(value))).toBe(true);
});

test('forecasts kinds of series that it was not made for no worse than the last season, and says how sure it is', {
	timeout: 120_000,
}, () => {
	const {figures = {}} = ownForecastSet();
	const of = (figure: string) =>
		Object.entries(figures).flatMap(([name, value]) => (name.endsWith(figure) ? [[name.slice(0, -figure.length), value] as const] : []));
	const naive = new Map(of('SeasonalNaiveOwa'));
	// sMAPE is of no use for zeros, and nothing foresees a random walk.
	const foreseen = [...naive.keys()].filter(name => name !== 'countsThatAreRare' && name !== 'randomWalk');
	expect(foreseen).toHaveLength(11);
	for (const name of foreseen) expect(figures[`${name}Owa`], name).toBeLessThan(naive.get(name) ?? 0);
	const kept = of('Coverage95').map(([, value]) => value);
	for (const part of kept) expect(part).toBeGreaterThan(0.88);
	expect(kept.reduce((sum, part) => sum + part, 0) / kept.length).toBeCloseTo(0.96, 1);
});
