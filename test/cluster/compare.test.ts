import {expect, test} from 'vitest';
import {embeddedAnswers, realAnswers} from './compare/compare-servers.ts';
import {report} from './compare/report.ts';

test('the embedded cluster answers every request as a real API server does', async () => {
	const [real, embedded] = await Promise.all([realAnswers(30_000), embeddedAnswers(30_000)]);
	expect(real.filter(({late, status}) => late || status === 0).map(({name}) => name)).toEqual([]);
	const {differing, text} = report(real, embedded);
	expect(differing, text).toBe(0);
}, 180_000);
