import {isJsonObject} from '../../../../core/json.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Word} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {hostOf} from '../../words/values.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, editTargets} from '../edit-targets.ts';

/** A host without a path: `nginx.ingress.kubernetes.io/rewrite-target` is the key of an annotation. */
function hostAlone(word: Word): string | undefined {
	const found = hostOf(word);
	return found?.path === '' ? found.host : undefined;
}

const besides = /\b(?:also|too|as well|additional(?:ly)?|another|second|extra|both)\b|추가|도\s|함께|같이/i;

/** One host of an Ingress becomes another; its paths stay. Undefined: the clause names no host that is new to it. */
function edited({clause}: Asking, ingress: KubeObject): Edit | Question | undefined {
	const rules = listAt(ingress, 'spec', 'rules');
	const hosts = rules.map(rule => textAt(rule, 'host') ?? '*');
	const said = clause.words.flatMap(word => hostAlone(word) ?? []);
	const fresh = [...new Set(said.filter(host => !hosts.includes(host)))];
	const left = said.filter(host => hosts.includes(host));
	const [host, ...more] = fresh;
	if (host === undefined || more.length > 0) return undefined;
	const old = left[0] ?? (hosts.length === 1 ? hosts[0] : undefined);
	const {name} = ingress.metadata;
	if (besides.test(clause.text) && left.length === 0) {
		const like = rules.length === 1 ? rules[0] : undefined;
		if (!isJsonObject(like)) return undefined;
		return {after: changeAt(ingress, ['spec', 'rules'], () => [...rules, {...like, host}]), told: `+ ${host}`};
	}
	if (old === undefined)
		return question(
			clause,
			`Which host of ${name} should become ${host}: ${hosts.join(', ')}?`,
			`${name}의 어느 호스트를 ${host}(으)로 바꿀까요: ${hosts.join(', ')}?`,
		);
	const renamed = rules.map(rule => ((textAt(rule, 'host') ?? '*') === old && isJsonObject(rule) ? {...rule, host} : rule));
	return {after: changeAt(ingress, ['spec', 'rules'], () => renamed), told: `${old} → ${host}`};
}

/** Gives an Ingress that exists another host, or one more. */
export const ingressHostIntent: Intent = {
	name: 'ingress host',
	async understand(clause, world, talk) {
		if (!clause.words.some(word => hostAlone(word) !== undefined) || clause.words.some(({raw}) => /^\/./.test(raw))) return undefined;
		const asking = {clause, world, talk};
		return editTargets(asking, ['Ingress'], object => edited(asking, object));
	},
};
