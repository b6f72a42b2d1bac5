import type {Json} from '../../../../core/json.ts';
import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {changeAt} from '../change-at.ts';
import type {Container} from '../containers.ts';

const whole = /\benvfrom\b|\b(?:all|everything|every key|whole|entire|each key|complete)\b|통째|전체|전부|모든|모두/i;

/** `all of it`, `전부`: of what the same request makes. */
const pointed = /\b(?:it|its|that|this|them|(?:the|this|that) (?:config ?map|secret|map))\b|그걸|그것|이걸|[가-힣]/i;

/**
 * The ConfigMap or Secret of which a clause wants every key as a variable: `load all of web-config as environment`.
 * @param made those that the request makes, which need no name
 */
export function wholeSource(clause: Clause, sources: readonly KubeObject[], made: readonly KubeObject[] = []): KubeObject | undefined {
	if (!whole.test(clause.text)) return undefined;
	const named = sources.filter(({metadata}) => clause.words.some(({text}) => text === metadata.name));
	const [only, ...others] = named.length === 0 && pointed.test(clause.text) ? made : named;
	return others.length === 0 ? only : undefined;
}

/** `prefixed FF_`, `with the prefix FF_`, `접두사 FF_`: what stands before each key. */
const prefixed =
	/\bprefix(?:ed)?(?: with| by| is|:|=)? ?["'`]?([A-Za-z_][A-Za-z0-9_.-]*)|["'`]?([A-Za-z_][A-Za-z0-9_.-]*)["'`]? (?:as (?:the |a )?)?prefix\b|(?:접두사|프리픽스)(?:는|를|은|로|를 붙여|:)? ?["'`]?([A-Za-z_]\w*)|["'`]?([A-Za-z_]\w*)["'`]? ?(?:접두사|프리픽스)/i;

export const prefixIn = ({text}: Pick<Clause, 'text'>): string | undefined => prefixed.exec(text)?.slice(1).find(Boolean);

/** The workload with all keys of this source as variables of a container; as it was where they are there already. */
export function withSource(object: KubeObject, container: Container, source: KubeObject, prefix?: string): Json | undefined {
	const field = source.kind === 'Secret' ? 'secretRef' : 'configMapRef';
	const {name} = source.metadata;
	return changeAt(object, [...container.path, 'envFrom'], now => {
		const list: readonly Json[] = Array.isArray(now) ? now : [];
		return list.some(one => textAt(one, field, 'name') === name)
			? now
			: [...list, {...(prefix === undefined ? {} : {prefix}), [field]: {name}}];
	});
}
