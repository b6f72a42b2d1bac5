import type {Json} from '../../../../core/json.ts';
import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {changeAt} from '../change-at.ts';
import type {Container} from '../containers.ts';

const whole = /\benvfrom\b|\b(?:all|everything|every key|whole|entire|each key|complete)\b|통째|전체|전부|모든|모두/i;

/** The ConfigMap or Secret of which a clause wants every key as a variable: `load all of web-config as environment`. */
export function wholeSource(clause: Clause, sources: readonly KubeObject[]): KubeObject | undefined {
	if (!whole.test(clause.text)) return undefined;
	const named = sources.filter(({metadata}) => clause.words.some(({text}) => text === metadata.name));
	return named.length === 1 ? named[0] : undefined;
}

/** The workload with all keys of this source as variables of a container; as it was where they are there already. */
export function withSource(object: KubeObject, container: Container, source: KubeObject): Json | undefined {
	const field = source.kind === 'Secret' ? 'secretRef' : 'configMapRef';
	const {name} = source.metadata;
	return changeAt(object, [...container.path, 'envFrom'], now => {
		const list: readonly Json[] = Array.isArray(now) ? now : [];
		return list.some(one => textAt(one, field, 'name') === name) ? now : [...list, {[field]: {name}}];
	});
}
