import {canonicalJson} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {refKey, refText} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {shellWord} from '../../../core/text/shell-word.ts';
import type {Script} from './act.ts';
import type {Crew} from './crew.ts';
import {endsAll, unlessRecordLost, wordsOf} from './go-back.ts';
import type {Steering} from './steer.ts';
import {TurnBack} from './turn-back.ts';

/** What a rollout that reached its end could not remove or set, and the command that does. */
export type Unfinished = {readonly what: string; readonly command: string};

/** In them somebody decides on the version. */
const decides = new Set(['judge', 'hold', 'check', 'batch']);

/**
 * From which act on nothing moves traffic or pods of the workload any more: what the script made is removed, and autoscalers
 * get their numbers and workloads their own strategy back. As many as there are acts where it ends with another one.
 */
export function tidyFrom({acts}: Script): number {
	const made = new Set(acts.flatMap(({writes}) => writes.filter(({op}) => op === 'create').map(({ref}) => refKey(ref))));
	const tidies = (write: Write) =>
		write.op === 'delete'
			? made.has(refKey(write.ref))
			: write.op === 'patch' && (write.ref.kind === 'HorizontalPodAutoscaler' || isStrategyAlone(write));
	return 1 + acts.findLastIndex(({writes, wait}) => !writes.every(tidies) || (wait !== undefined && decides.has(wait.kind)));
}

/** By what pods are replaced next time; it replaces none. */
const isStrategyAlone = ({type, patch}: Extract<Write, {op: 'patch'}>) =>
	type === 'json' && Array.isArray(patch) && patch.length > 0 && patch.every(each => textAt(each, 'path') === '/spec/strategy');

/** How one act of the way forward is carried out, and what a failure in it means. Each handler may throw what it gets. */
export type Manner = {
	readonly steering: Steering;
	readonly record: (error: unknown) => void;
	readonly write: (write: Write, error: unknown) => void;
	readonly wait: (title: string, error: unknown) => void;
};

function rethrow(error: unknown): never {
	throw error;
}

/** Any failure turns the rollout back. */
export const strictly = (steering: Steering): Manner => ({
	steering,
	record: rethrow,
	write: (_write, error) => rethrow(error),
	wait: (_title, error) => rethrow(error),
});

/**
 * Where the new version serves whole and only the cleaning up is left: a failure is told, and is no reason to go back. A person may still want that.
 * @param unfinished gets what could not be done
 */
export function tidily(crew: Crew, {pulse, pulseOrSkip}: Steering, unfinished: Unfinished[]): Manner {
	const {name, namespace} = crew.workload;
	const leave = (what: string, command: string, error: unknown) => {
		if (endsAll(crew, error) || (error instanceof TurnBack && error.why === 'asked')) throw error;
		unfinished.push({what: `${what} (${wordsOf(error)})`, command});
	};
	return {
		steering: {pulse: () => pulse().catch(unlessRecordLost), pulseOrSkip: () => pulseOrSkip().catch(unlessRecordLost)},
		record: unlessRecordLost,
		write: (write, error) => leave(refText(write.ref), commandOf(write), error),
		wait: (title, error) => leave(title, `mkcoa deploy status ${name} -n ${namespace}`, error),
	};
}

/** The same by hand. */
function commandOf(write: Write): string {
	const {kind, name, namespace} = write.ref;
	const words = `${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
	if (write.op === 'patch') return `mkcoa k8s patch ${words} --type ${write.type} --patch ${shellWord(canonicalJson(write.patch))}`;
	return `mkcoa k8s ${write.op} ${words}`;
}
