import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import type {Grade, Miss} from '../grade-set.ts';
import {classifierMiss} from './classifier-case.ts';
import {statisticsMiss} from './statistics-case.ts';

/** Reads `kayenta-classifier.json` and `kayenta-statistics.json`. */
export function canarySet(folder: string): Grade {
	const classifier = rows(folder, 'kayenta-classifier.json').map(row => classifierMiss(row));
	const statistics = rows(folder, 'kayenta-statistics.json').map(row => statisticsMiss(row));
	const misses = [...classifier, ...statistics].filter((miss): miss is Miss => miss !== undefined);
	const total = classifier.length + statistics.length;
	return {
		right: total - misses.length,
		total,
		unsafe: misses.filter(({got, expected}) => got.startsWith('Pass') && !expected.startsWith('Pass')).length,
		misses,
		published: {'Kayenta, its own tests': 'all'},
		notes: [`${classifier.length} verdicts on a metric, ${statistics.length} statistics beneath them`],
	};
}

const rows = (folder: string, name: string) => z.array(z.unknown()).parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
