import {describe, expect, test} from 'vitest';
import {cvssScore, newestScore, severityOfScore} from '../../../src/analysis/vulnerabilities/cvss/cvss.ts';

/** Of the examples that FIRST publishes with each version of its standard. */
const published: readonly (readonly [string, number])[] = [
	['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
	['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
	['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1],
	['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9],
	['CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L', 4.2],
	['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5],
	['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
	['CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
	['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C', 8.8],
	['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10],
	['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', 8.7],
	['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.3],
	['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.7],
	['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N', 8.3],
	['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
	['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
	['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10],
	['AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2],
];

describe('a vector', () => {
	test.each(published)('%s scores %d', (vector, score) => {
		expect(cvssScore(vector)?.score).toBe(score);
	});

	test.each([
		['is no vector', 'HIGH'],
		['lacks a metric', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
		['has a value that there is not', 'CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
		['says a metric twice', 'CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
		['has the metrics of another version', 'CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
		['is of a version that there is not', 'CVSS:9.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
	])('that %s scores nothing', (_, vector) => {
		expect(cvssScore(vector)).toBeUndefined();
	});

	test('tells of threat and environment: an exploit that nobody has makes it milder, and a metric left out is X', () => {
		const base = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
		expect(cvssScore(base)?.score).toBe(9.3);
		expect(cvssScore(`${base}/E:X/CR:X`)?.score).toBe(9.3);
		expect(cvssScore(`${base}/E:U`)?.score).toBe(8.1);
	});
});

test('of several vectors the newest version counts, and words are those of the standard', () => {
	const old = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
	const fresh = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N';
	expect(newestScore([old, 'nonsense', fresh])).toEqual({version: '4.0', score: 8.7, vector: fresh});
	expect(newestScore(['nonsense'])).toBeUndefined();
	expect([9, 8.9, 7, 6.9, 4, 3.9].map(severityOfScore)).toEqual(['critical', 'high', 'high', 'medium', 'medium', 'low']);
});
