import {expect, test} from 'vitest';
import {ownersTold} from '../../../../src/agents/router/words/owner-told.ts';

test.each([
	['demo belongs to the night team now; its team label should say so', 'demo: the team label should be night'],
	['demo moved to pilots. Set its owner label to that.', 'demo: Set the owner label to pilots.'],
	['node-1 is part of the batch pool now, so adjust its pool label', 'node-1: adjust the pool label to batch'],
	[
		'The demo namespace belongs to team pilots now; bring its team label up to date.',
		'The demo namespace: bring the team label to pilots.',
	],
	['demo is owned by team harbour. Make the owner label match.', 'demo: Make the owner label to harbour.'],
	['demo는 이제 pilots 팀 소관이에요. owner 라벨을 그걸로 바꿔줘', 'demo의 owner 라벨을 pilots로 바꿔줘'],
])('what a label is to be stands in what is told before: %s', (request, said) => {
	expect(ownersTold(request)).toBe(said);
});

test.each([
	'demo belongs to pilots. Set its owner label to crew',
	'demo belongs to pilots. Restart it.',
	'demo belongs to pilots; its label owner=crew is fine',
	'set the owner label of demo to pilots',
])('what says its value itself, or is of no label, stays: %s', request => {
	expect(ownersTold(request)).toBe(request);
});
