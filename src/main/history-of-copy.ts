import {withoutKeys} from '../core/json.ts';
import {type KubeObject, refOf, refText} from '../core/kube/kube-object.ts';
import {objectsAt} from '../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../mcp/kubernetes/model/untrusted-text.ts';
import type {Machine} from '../sandbox/machine.ts';
import {type Scenario, tell} from '../sandbox/scenarios/scenario.ts';
import {StatusError} from '../sandbox/status-error.ts';

const longestWords = 200;

type Copied = {
	readonly settleMs: number;
	readonly foundation: readonly KubeObject[];
	readonly objects: readonly KubeObject[];
	readonly refused: string[];
};

/**
 * All that is copied, and after it the rules for new pods: whatever they say, what is there today is there. One object that the copy does not take stops
 * none of the others, and is noted in `refused`.
 * @param settleMs how long before the rehearsal it is told
 */
export function historyOfCopy({settleMs, foundation, objects, refused}: Copied): Scenario {
	const telling = (some: readonly KubeObject[]) => (machine: Machine) => {
		for (const object of some) {
			try {
				tell(machine, {agoMs: 0, objects: [object]});
			} catch (error) {
				if (!(error instanceof StatusError)) throw error;
				refused.push(`${refText(refOf(object))}: ${plainLine(error.message, longestWords)}`);
			}
		}
	};
	return {
		history: [
			{agoMs: settleMs, objects: foundation, also: telling(objects.flatMap(withoutRules))},
			{agoMs: settleMs / 2, objects: [], also: telling(objects.filter(({kind}) => rules.has(kind)))},
		],
	};
}

const rules = new Set(['ResourceQuota', 'LimitRange', 'Namespace']);
const limits = new Set(['min', 'max', 'maxLimitRequestRatio']);

/** The defaults of a LimitRange count from the start: pods of today have them. */
function withoutRules(object: KubeObject): readonly KubeObject[] {
	if (object.kind === 'ResourceQuota') return [];
	if (object.kind === 'Namespace') return [{...object, metadata: {name: object.metadata.name}}];
	if (object.kind !== 'LimitRange') return [object];
	return [{...object, spec: {limits: objectsAt(object, 'spec', 'limits').map(limit => withoutKeys(limit, limits))}}];
}
