import {expect, test} from 'vitest';
import {foldEvents} from '../../../src/core/kube/folded-events.ts';
import {event} from '../../support/shop-objects.ts';

test('folds by object and reason, keeps the newest message, and puts the newest last', () => {
	const folded = foldEvents([
		event('BackOff', {object: 'web-1', last: '2026-01-01T00:03:00Z', first: '2026-01-01T00:01:00Z', count: 4, message: 'new words'}),
		event('Pulled', {object: 'web-1', last: '2026-01-01T00:02:00Z'}),
		event('BackOff', {object: 'web-1', last: '2026-01-01T00:00:30Z', first: '2026-01-01T00:00:00Z', message: 'old words'}),
	]);
	expect(folded.map(({reason, count, message, first}) => [reason, count, message, first])).toEqual([
		['Pulled', 1, 'words', '2026-01-01T00:02:00Z'],
		['BackOff', 5, 'new words', '2026-01-01T00:00:00Z'],
	]);
});

test('reads events of the newer form, with a series', () => {
	const {firstTimestamp: _, lastTimestamp: __, count: ___, ...bare} = event('Killing', {object: 'web-1', last: ''});
	expect(
		foldEvents([{...bare, eventTime: '2026-01-01T00:00:00Z', series: {count: 9, lastObservedTime: '2026-01-01T00:09:00Z'}}]),
	).toMatchObject([{count: 9, first: '2026-01-01T00:00:00Z', last: '2026-01-01T00:09:00Z'}]);
});
