import {expect, test} from 'vitest';
import {inTurns} from '../../../../src/agents/incident/reading/in-turns.ts';
import {detect, detecting} from '../../../../src/analysis/detection/detect.ts';
import {surveyOf} from '../../../../src/analysis/detection/survey.ts';
import type {Turns} from '../../../../src/analysis/detection/turns.ts';
import {thing} from '../../../support/router-world.ts';

const signal = new AbortController().signal;

function* counted(pieces: number, done: string[]): Turns<string> {
	for (let piece = 1; piece <= pieces; piece++) {
		done.push(`piece ${piece}`);
		yield;
	}
	return 'all';
}

test('others have their turn between two pieces', async () => {
	const done: string[] = [];
	const working = inTurns(counted(3, done), signal);
	setImmediate(() => done.push('a key'));
	expect(await working).toBe('all');
	expect(done.indexOf('a key')).toBeLessThan(done.indexOf('piece 3'));
});

test('whoever leaves stops it at the next piece', async () => {
	const stop = new AbortController();
	const done: string[] = [];
	const working = inTurns(counted(3, done), stop.signal);
	stop.abort(new Error('left'));
	await expect(working).rejects.toThrow('left');
	expect(done).toEqual(['piece 1']);
});

test('detection in pieces says what it says at once, and each sick object is a piece', async () => {
	const pods = Array.from({length: 5}, (_, index) =>
		thing('Pod', `shop/web-${index}`, {status: {phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory'}}),
	);
	const survey = surveyOf({takenAt: '2026-01-01T12:00:00Z', objects: pods, unread: []});
	const pieces = [...detecting(survey)].length;
	expect(pieces).toBeGreaterThan(pods.length);
	expect(await inTurns(detecting(survey), signal)).toEqual(detect(survey));
});
