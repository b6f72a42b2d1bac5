import type {Finding} from '../../../core/finding.ts';
import {scoreOf2} from './score-2.ts';
import {scoreOf3} from './score-3.ts';
import {scoreOf4} from './score-4.ts';
import {type CvssVersion, parseVector} from './vector.ts';

/** A score from 0 to 10 with what it was computed from. */
export type CvssScore = {readonly version: CvssVersion; readonly score: number; readonly vector: string};

/** What a vector scores; undefined for a text that is no vector of CVSS 2.0, 3.0, 3.1 or 4.0. */
export function cvssScore(vector: string): CvssScore | undefined {
	const parsed = parseVector(vector);
	if (parsed === undefined) return undefined;
	const {version, metrics} = parsed;
	const score = version === '4.0' ? scoreOf4(metrics) : version === '2.0' ? scoreOf2(metrics) : scoreOf3(metrics, version);
	return {version, score, vector: vector.trim()};
}

/** Of several vectors of one vulnerability, that of the newest version of CVSS. */
export const newestScore = (vectors: readonly string[]): CvssScore | undefined =>
	vectors.flatMap(vector => cvssScore(vector) ?? []).toSorted((a, b) => Number(b.version) - Number(a.version) || b.score - a.score)[0];

/**
 * The word for a score.
 * @see https://www.first.org/cvss/v4.0/specification-document#Qualitative-Severity-Rating-Scale
 */
export const severityOfScore = (score: number): Finding['severity'] =>
	score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
