import {expect, test} from 'vitest';
import {nextSteps} from '../../../../src/agents/deploy/status/next-steps.ts';

const well: Parameters<typeof nextSteps>[0] = {name: 'web', namespace: 'shop', state: 'healthy', revision: 2, troubles: [], pods: []};
const broken: (typeof well)['pods'][number] = {
	...{name: 'web-1', track: 'stable' as const, phase: 'CrashLoopBackOff', healthy: false, ready: '0/1', restarts: 4, images: []},
	...{reason: 'web: CrashLoopBackOff', createdAt: ''},
};
const trouble = {track: 'stable', pods: 1, text: 'web: CrashLoopBackOff', lasting: true, since: ''} as const;

test.each([
	['nothing when all is well', well, []],
	[
		'the rollback and the last words of a rollout that crashes',
		{...well, state: 'degraded' as const, troubles: [trouble], pods: [broken]},
		['mkcoa deploy rollback web -n shop', 'mkcoa k8s logs web-1 -n shop --previous'],
	],
	[
		'no rollback of the first revision',
		{...well, revision: 1, state: 'degraded' as const, troubles: [trouble], pods: [broken]},
		['mkcoa k8s logs web-1 -n shop --previous'],
	],
	[
		'both ways on for a canary',
		{
			...well,
			state: 'canary' as const,
			canary: {name: 'web-canary', track: 'canary' as const, images: [], desired: 1, ready: 1, apart: false},
		},
		['mkcoa undo'],
	],
	[
		'the pause for a paused one, and no rollback that would not roll',
		{...well, state: 'paused' as const},
		[`mkcoa k8s patch deployment web -n shop --patch '{"spec":{"paused":false}}'`],
	],
	[
		'what the scheduler said of a pod that waits',
		{...well, state: 'rolling-out' as const, troubles: [{...trouble, lasting: false}], pods: [{...broken, restarts: 0}]},
		['mkcoa k8s describe pod web-1 -n shop'],
	],
])('says %s', (_name, known, commands) => {
	const steps = nextSteps(known);
	expect(steps).toHaveLength(commands.length);
	for (const [index, command] of commands.entries()) expect(steps[index]).toContain(command);
});
