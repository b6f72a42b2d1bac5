import {shellWord} from '../../core/text/shell-word.ts';
import type {ScenePlayed} from './run-story.ts';
import type {Stage} from './story.ts';

/** What the story made and could not take away, and the command line that does. */
export type LeftBehind = {readonly object: string; readonly certain: boolean; readonly remove: string};

/** A story that was interrupted, or whose cluster went away, leaves its namespace. */
export function leftBehind(
	{manifest, namespace}: Stage,
	played: readonly ScenePlayed[],
	{kubeconfig, context}: {readonly kubeconfig?: string | undefined; readonly context?: string | undefined},
): LeftBehind | undefined {
	const of = (id: string) => played.find(({scene}) => scene === id);
	const prepared = of('prepare');
	if (manifest === undefined || prepared === undefined || of('clean-up')?.asExpected === true) return undefined;
	const flags = Object.entries({kubeconfig, context}).flatMap(([name, value]) =>
		value === undefined ? [] : [`--${name}`, shellWord(value)],
	);
	return {
		object: `Namespace ${namespace}`,
		// A call that failed may have been carried out all the same.
		certain: prepared.kind === 'done',
		remove: ['mkcoa k8s delete namespace', namespace, ...flags].join(' '),
	};
}
