import type {Survey} from '../../../analysis/detection/survey.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {ResourceType} from '../../../mcp/kubernetes/port.ts';
import {spokenOf} from './read-target.ts';

type Asked = {
	readonly survey: Survey;
	readonly types: readonly ResourceType[];
	readonly home: string;
	readonly namespace: string | undefined;
};

/** `Service`, `services`, `svc`. */
const kindOf = (word: string, types: readonly ResourceType[]) =>
	types.find(({kind, plural, singular, shortNames}) => [kind.toLowerCase(), plural, singular, ...shortNames].includes(word.toLowerCase()))
		?.kind;

/** Objects of a name, those of the namespace at hand first. */
function named(name: string, kinds: readonly string[], {survey, home, namespace}: Asked): readonly KubeObject[] {
	const all = kinds.flatMap(kind => survey.all(kind).filter(({metadata}) => metadata.name === name));
	const near = all.filter(({metadata}) => metadata.namespace === undefined || metadata.namespace === home);
	return near.length > 0 || namespace !== undefined ? near : all;
}

/** `shop.example.com` is the Ingress of that host, `db.shop.svc` the Service. */
function byHost(word: string, {survey}: Asked): readonly KubeObject[] {
	const host = word
		.replace(/^https?:\/\//, '')
		.replace(/[/:].*$/, '')
		.toLowerCase();
	const ingresses = survey.all('Ingress').filter(each => listAt(each, 'spec', 'rules').some(rule => textAt(rule, 'host') === host));
	const [, name = '', namespace = ''] = /^([^.]+)\.([^.]+)(?:\.svc(?:\..+)?)?$/.exec(host) ?? [];
	const service = survey.find('Service', namespace, name);
	return [...ingresses, ...(service === undefined ? [] : [service])];
}

/**
 * What the words of a symptom name: `pod web-1`, `service/web`, `checkout is slow`, `db.shop`. A kind before or after a name says which of several is
 * meant. Most likely first; empty where they name nothing that is there.
 */
export function namedBySymptom(words: readonly string[], asked: Asked): readonly KubeObject[] {
	const plain = words.flatMap(word => word.split(/\s+/)).map(word => word.replace(/^["'(<[]+|["')>\].,;:?!]+$/g, '').replace(/'s$/, ''));
	const found = plain.flatMap((word, index) => {
		const [kindWord, name, ...more] = word.split('/');
		if (kindWord !== undefined && name !== undefined && more.length === 0) {
			const kind = kindOf(kindWord, asked.types);
			if (kind !== undefined) return named(name, [kind], asked);
			const inNamespace = spokenOf.flatMap(each => asked.survey.find(each, kindWord, name) ?? []);
			if (inNamespace.length > 0) return inNamespace;
		}
		const beside = [plain[index - 1], plain[index + 1]].flatMap(each => (each === undefined ? [] : (kindOf(each, asked.types) ?? [])));
		const exact = beside.length === 0 ? [] : named(word, beside, asked);
		return exact.length > 0 ? exact : [...named(word, spokenOf, asked), ...byHost(word, asked)];
	});
	return [...new Set(found)];
}
