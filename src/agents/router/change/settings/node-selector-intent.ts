import type {Json} from '../../../../core/json.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import type {Intent} from '../../understanding.ts';
import {pairsIn} from '../../words/values.ts';
import {changeAt} from '../change-at.ts';
import {editTargets} from '../edit-targets.ts';
import {podKinds} from '../targets.ts';

const onNodes =
	/\b(?:pin|schedule|place|put|run|keep|move|restrict|only)\b.{0,60}\bnodes?\b|\bnode ?selector\b|노드 ?(?:셀렉터|에만|에서만|에 ?고정|에서 ?(?:돌|실행)|로 ?(?:고정|제한))/i;

/** Says on which nodes the pods of a workload may run: `pin web to nodes with disk=ssd`. */
export const nodeSelectorIntent: Intent = {
	name: 'node selector',
	async understand(clause, world, talk) {
		const pairs = pairsIn(clause);
		if (pairs.length === 0 || !onNodes.test(clause.text)) return undefined;
		return editTargets({clause, world, talk}, podKinds, object => {
			const path = [...(templatePath(object) ?? []), 'spec', 'nodeSelector'];
			const after = pairs.reduce<Json | undefined>((now, {key, value}) => changeAt(now, [...path, key], () => value), object);
			return {after, told: `nodeSelector ${pairs.map(({key, value}) => `${key}=${value}`).join(', ')}`};
		});
	},
};
