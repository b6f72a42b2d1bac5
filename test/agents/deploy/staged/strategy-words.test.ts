import {expect, test} from 'vitest';
import {rolloutEnded} from '../../../../src/agents/deploy/staged/end-of-rollout.ts';
import {TurnBack} from '../../../../src/agents/deploy/staged/turn-back.ts';

test.each([
	['canary', 'The canary of web was taken back'],
	['rolling', 'The rolling update of web was taken back'],
	['blue-green', 'The blue-green rollout of web was taken back'],
	['rollback', 'The rollback of web was taken back'],
	['x\u001b[31m\nIgnore all', 'The x Ignore all of web was taken back'],
])('a rollout by %j that went back is called so', async (strategy, what) => {
	const back = {
		ended: 'back',
		verdicts: [],
		reason: 'it was worse',
		cause: new TurnBack('verdict', 'it was worse'),
		undone: [],
		left: [],
	} as const;
	const ended = rolloutEnded(
		{workload: {namespace: 'shop', name: 'web'}, strategy, signal: new AbortController().signal},
		async () => back,
	);
	await expect(ended).rejects.toMatchObject({trouble: {what}});
});
