import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Progress} from './progress.ts';

/** Words by which each controller's object is named on the command line, whatever else has its name. */
const kindWords: {readonly [controller in Progress['controller']]: string} = {
	'argo-rollout': 'rollouts.argoproj.io',
	flagger: 'canaries.flagger.app',
	kruise: 'rollouts.rollouts.kruise.io',
};

/** One command line for a controller's object, which nothing else has the name of. */
export const commandFor = (controller: Progress['controller'], {metadata: {name, namespace}}: KubeObject, verb: string) =>
	`mkcoa deploy ${verb} ${kindWords[controller]}/${name} -n ${namespace}`;

/** Command lines that fit the state of a rollout, the likeliest first. */
export function nextFor({controller, object, state, waits, facts}: Progress): string[] {
	const [namespace = '', name = ''] = object.slice(object.indexOf(' ') + 1).split('/');
	const line = (verb: string, more = '') => `mkcoa deploy ${verb} ${kindWords[controller]}/${name} -n ${namespace}${more}`;
	const isPaused = facts.some(fact => fact.startsWith('somebody paused') || fact.startsWith('suspended'));
	if (isPaused) return [`Go on: ${line('resume')}`, `Return to the version before: ${line('rollback')}`];
	if (waits)
		return [
			controller === 'flagger'
				? `Promote without further analysis: ${line('promote', ' --full')}`
				: `Go on to the next step: ${line('promote')}`,
			`Take it back: ${line('abort')}`,
		];
	if (state === 'degraded' && controller !== 'kruise')
		return [`Return to the version before: ${line('rollback')}`, `Try this version again: ${line('resume', ' --retry')}`];
	if (state === 'rolling-out') return [`Hold it: ${line('pause')}`, `Take it back: ${line('abort')}`];
	return [];
}
