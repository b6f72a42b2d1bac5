import type {RolloutPicture} from '../../core/rollout-picture.ts';
import {type RolloutAct, rolloutView} from '../../tui/rollout/rollout-view.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import {toolNamed} from '../tool-groups.ts';
import {changeOnScreen} from './change-on-screen.ts';
import {rolloutData} from './rollout-data.ts';
import {rolloutPlace} from './rollout-place.ts';
import type {Around, Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

const words: {readonly [act in RolloutAct['kind']]: string} = {
	promote: 'Promote',
	pause: 'Pause',
	resume: 'Go on with',
	abort: 'Take back',
};

/** A rollout while it goes on, whoever carries it out, until it is left. What steers it is a plan with a yes of its own. */
export const rolloutScreen: Screen<'rollout'> = async (around, {name, namespace, left}) => {
	const {host, signal} = around;
	const closed = new AbortController();
	const ended = AbortSignal.any([signal, closed.signal]);
	const place = async () => rolloutPlace({name, namespace}, (await around.session()).cluster, ended);
	const live = rolloutData(
		{name, namespace},
		{
			session: around.session,
			clock: host.clock,
			user: host.user,
			signal: ended,
			place,
		},
	);
	try {
		await stayOn(rolloutView, live, around, async act => steered(around, await place(), act, live));
	} finally {
		closed.abort();
		left?.(live.current());
	}
};

/** A controller goes on by itself when it was told: the screen shows how. */
async function steered(
	around: Around,
	{name, namespace}: Awaited<ReturnType<typeof rolloutPlace>>,
	{kind}: RolloutAct,
	live: LiveData<RolloutPicture>,
): Promise<void> {
	const [session, tool] = await Promise.all([around.session(), toolNamed(`deployment_${kind}`)]);
	if (tool === undefined || tool.effect === 'read') throw new Error(`There is no tool that could ${kind} a rollout`);
	const detaches = tool.input.shape.detach !== undefined && live.current().isControlled === true;
	const input = {name, namespace, ...(detaches ? {detach: true} : {})};
	await changeOnScreen(
		{title: `${words[kind]} the rollout of ${name}`, tool: tool.name, input, run: change => session.run(tool, input, change)},
		around,
	);
}
