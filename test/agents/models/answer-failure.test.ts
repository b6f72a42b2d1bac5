import {expect, test} from 'vitest';
import {failureOf, waitOf} from '../../../src/agents/models/answer-failure.ts';

const now = Date.UTC(2026, 10, 26, 10, 0, 0);

test.each([
	[{'retry-after': '7'}, 7000],
	[{'retry-after': 'Thu, 26 Nov 2026 10:00:30 GMT'}, 30_000],
	[{'retry-after': 'Thu, 26 Nov 2026 09:00:00 GMT'}, 0],
	[{'retry-after': 'soon'}, undefined],
	[{'retry-after-ms': '250', 'retry-after': '7'}, 250],
	[{}, undefined],
])('a wait of %j', (headers, wait) => {
	expect(waitOf(new Headers(headers as Record<string, string>), now)).toBe(wait);
});

test('Google says in the body how long to wait', () => {
	const body = {error: {code: 429, details: [{'@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s'}]}};
	expect(failureOf(429, body).waitMs).toBe(34_500);
});
