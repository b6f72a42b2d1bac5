import {repositoryOf} from '../../../../core/kube/image-reference.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {scopeIn} from '../../names/scope-in.ts';
import type {Intent, Talk} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {spoken} from '../../words/spoken.ts';
import type {World} from '../../world.ts';
import {type Asking, question} from '../asking.ts';
import {containersIn, theContainer} from '../containers.ts';
import {containerSpoken, editTargets} from '../edit-targets.ts';
import {isQuestion, podKinds, targetsIn} from '../targets.ts';
import {containerFor, imageOf, withImage} from './new-image.ts';

const thing = '(?:image|version|tag|release|build|이미지|버전|태그|릴리스)';

/** Where a request says of which other workload the image is: `the same image as web in shop`, `whatever image web runs`, `shop의 web과 같은 버전`. */
const sources: readonly RegExp[] = [
	new RegExp(`\\b(?:the )?(?:very |exact )?(?:same|identical) ${thing}(?: ${thing})* (?:as|like|that)\\b(?<source>.+)`, 'is'),
	new RegExp(
		`\\b(?:whatever|whichever|the) ${thing}(?: ${thing})?(?: that| which)? (?<source>\\S.*?) (?:runs?|is running|uses|is using|has|is on)\\b`,
		'is',
	),
	/\bwhat(?:ever)? (?<source>\S.*?) (?:runs?|is running|uses|is using|is on|has right now|has now)\b/is,
	new RegExp(
		`\\b(?:the )?${thing}(?: ${thing})? (?:that |which )?(?<source>\\S+(?: (?:namespace|environment|side))?) (?:runs?|is running|uses|is using|has|is on)\\b`,
		'is',
	),
	new RegExp(
		`\\b(?:the )?(?:very |exact )?same (?:${thing}|one|thing)?\\s?(?:as |that |like )?(?:in|on) (?<source>\\S+)(?: (?:namespace|environment))?`,
		'is',
	),
	new RegExp(`\\b(?:to|with|match|mirror|follow)(?:es|s)? (?:the )?${thing}(?: ${thing})? (?:of|from) (?<source>\\S.+)`, 'is'),
	new RegExp(
		`(?<source>(?:[\\w.-]+\\s?(?:네임스페이스)?(?:에|에서|의)\\s?(?:[가-힣]+\\s)*)?[\\w.-]+)\\s?(?:디플로이먼트|스테이트풀셋|파드)?(?:와|과|랑|이랑|하고)\\s(?:완전히\\s|똑)?(?:같은|동일한)\\s${thing}`,
		's',
	),
	new RegExp(
		`(?<source>(?:[\\w.-]+\\s?(?:네임스페이스)?(?:에|에서|의)\\s?)?[\\w.-]+)(?:이|가)?\\s(?:쓰는|돌리는|사용하는|사용 중인)\\s${thing}`,
		's',
	),
	new RegExp(
		`(?<source>[\\w.-]+(?:\\s?네임스페이스)?(?:에서|에)?\\s?(?:도는|돌고 있는|돌아가는|쓰는|떠 있는|배포된|사용 중인)\\s[\\w.-]+)(?:의|랑|와|과)?\\s?(?:같은\\s)?${thing}`,
		's',
	),
	new RegExp(
		`(?<source>[가-힣\\w.-]+)(?:에서|에|쪽)?\\s?(?:쓰는|도는|돌고 있는|사용 중인)?\\s?(?:거|것|걸)?(?:와|과|랑|이랑|하고)\\s(?:같은|동일한|똑같은)\\s${thing}`,
		's',
	),
];

/** The request cut into whose image it is, and the rest, which names what gets it. */
function cut(text: string): {readonly source: string; readonly rest: string} | undefined {
	for (const pattern of sources) {
		const found = pattern.exec(text);
		const source = found?.groups?.source;
		if (found !== null && source !== undefined) return {source, rest: text.replace(found[0], ' ').trim()};
	}
	return undefined;
}

/** `what staging runs`: the workload of that namespace with the name that the rest of the clause has. */
async function sameNamed(source: Clause, rest: Clause, world: World): Promise<readonly KubeObject[]> {
	const {namespaces} = await scopeIn(source, world);
	const [namespace, ...others] = namespaces ?? [];
	if (namespace === undefined || others.length > 0) return [];
	const {mentions} = await mentionsIn(rest, world, podKinds);
	const names = new Set(mentions.map(({name}) => name));
	const all = (await Promise.all(podKinds.map(kind => world.objects(kind, namespace)))).flat();
	return all.filter(({metadata}) => names.has(metadata.name) && metadata.namespace === namespace);
}

/** `스테이징에서 도는 web 버전을 shop 쪽에도`: the rest says only a place, and means the same name there. */
async function withName(rest: Clause, source: KubeObject, world: World, talk: Talk): Promise<Clause> {
	const targets = await targetsIn({clause: rest, world, talk}, podKinds);
	if (isQuestion(targets) || targets.length > 0 || (await scopeIn(rest, world)).namespaces === undefined) return rest;
	return clauseOf(`${source.metadata.name} ${rest.text}`);
}

/** Gives a workload the image that another one runs now. */
export const sameImageIntent: Intent = {
	name: 'same image',
	async understand(clause, world, talk) {
		if (
			!spoken(clause, 'image version tag release build 이미지 버전 태그 릴리스') &&
			!/\bwhat(?:ever)?\b.*\b(?:runs?|running|uses|on)\b/i.test(clause.text)
		)
			return undefined;
		const parts = cut(clause.text);
		if (parts === undefined || parts.rest === '') return undefined;
		const alone = {...talk, clauses: [], index: 0};
		const sourceClause = clauseOf(parts.source);
		const named = await targetsIn({clause: sourceClause, world, talk: alone}, podKinds);
		if (isQuestion(named)) return named;
		const found = named.length === 0 ? await sameNamed(sourceClause, clauseOf(parts.rest), world) : named;
		const [source] = found;
		if (source === undefined || found.length !== 1) return undefined;
		const asking: Asking = {clause: await withName(clauseOf(parts.rest), source, world, alone), world, talk: alone};
		return editTargets(asking, podKinds, object => {
			const container = containerSpoken(asking, object);
			if ('kind' in container) return container;
			const like = containersIn(source).find(({image}) => repositoryOf(image) === repositoryOf(container.image));
			const image = (like ?? theContainer(source, []))?.image;
			if (image === undefined)
				return question(
					clause,
					`Which container of ${source.metadata.name} is meant?`,
					`${source.metadata.name}의 어느 컨테이너를 말씀하시나요?`,
				);
			const target = containerFor(object, {image}, []) ?? container;
			return {after: withImage(object, target, {image}), told: `${target.name} ${imageOf(target, {image})}`};
		});
	},
};
