import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindWord} from '../names/kind-words.ts';
import {kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {plainWords} from '../names/plain-words.ts';
import {objectWords, whichOne} from '../names/which-one.ts';
import type {Talk, Understanding} from '../understanding.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import type {World} from '../world.ts';
import {missingIn} from './missing.ts';
import {namedKinds} from './ordered.ts';

/** A word that only a name looks like. */
const nameIn = (clause: Clause, namespaces: readonly string[]) =>
	clause.words.find(
		({text}) =>
			!namespaces.includes(text) &&
			(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(text) || (clause.language === 'ko' && /^[a-z][a-z0-9]{2,}$/.test(text))),
	)?.raw ?? besideKind(clause);

/** `the checkout deployment`, `deployment checkout`. */
function besideKind(clause: Clause): string | undefined {
	const [kind] = kindsIn(clause);
	if (kind === undefined || clause.language === 'ko') return undefined;
	return [clause.words[kind.last + 1], clause.words[kind.first - 1]].find(
		word => word !== undefined && /^[a-z][a-z0-9]{2,}$/.test(word.text) && !plainWords.has(word.text) && !isImperative(word.text),
	)?.raw;
}

/** `take dispatch down to 2 pods`: the workloads that are meant by the name of what is before them. */
async function familyOf({kind, metadata}: KubeObject, clause: Clause, world: World): Promise<readonly KubeObject[]> {
	if (workloadKinds.some(one => one === kind) || kindsIn(clause).some(said => said.kind === kind)) return [];
	const all = (await Promise.all(workloadKinds.map(one => world.objects(one)))).flat();
	const family = all.filter(one => one.metadata.namespace === metadata.namespace && one.metadata.name.startsWith(`${metadata.name}-`));
	return all.some(one => one.metadata.name === metadata.name) ? [] : family;
}

/** Nobody understands the clause: two or three readings of what it names, or of what can be asked at all. */
export async function notUnderstood(clause: Clause, world: World, talk: Talk): Promise<Understanding> {
	const {mentions} = await mentionsIn(clause, world, namedKinds, talk);
	const object = mentions[0]?.objects[0];
	const korean = clause.language === 'ko';
	const part =
		talk.clauses.length > 1 ? (korean ? `"${clause.text}" 부분을` : `the part "${clause.text}"`) : korean ? '요청을' : 'the request';
	const lack = missingIn(clause);
	const lacks = lack === '' ? '' : ` ${lack}`;
	if (object === undefined) {
		const unknown = nameIn(clause, await world.namespaces());
		const missing = unknown === undefined ? '' : korean ? ` ${unknown}(이)라는 것은 찾지 못했습니다.` : ` Nothing is called ${unknown}.`;
		const examples = korean
			? ['모든 네임스페이스의 디플로이먼트 목록 보여줘', '최근 경고 이벤트 보여줘']
			: ['List all deployments in all namespaces', 'Show recent warnings'];
		return {
			kind: 'question',
			text: korean
				? `${part} 이해하지 못했습니다.${missing}${lacks} 무엇을(어떤 대상을) 어떻게 할까요? 이렇게 말할 수 있습니다:`
				: `I did not understand ${part}.${missing}${lacks} Which object, and what should be done with it? You can say:`,
			choices: examples.map(text => ({text, request: text})),
		};
	}
	const family = await familyOf(object, clause, world);
	if (family.length > 0) return whichOne(clause, family, object.metadata.name);
	const {kind, namespace, name} = refOf(object);
	const same = [...new Set(mentions[0]?.objects.filter(one => one.kind === kind))];
	const places = same.length < 2 ? '' : ` (${same.map(one => objectWords(one, clause.language)).join(', ')})`;
	const word = kindWord(kind, clause.language);
	const where = namespace === undefined ? '' : korean ? `${namespace} 네임스페이스의 ` : ` in ${namespace}`;
	const readings = korean
		? [`${where}${name} ${word} 보여줘`, `${where}${name} ${word}에 무슨 문제가 있어?`]
		: [`Show ${word} ${name}${where}`, `What is wrong with ${word} ${name}${where}?`];
	return {
		kind: 'question',
		text: korean
			? `${part} 이해하지 못했습니다.${lacks} ${name}에 무엇을 할까요?${places}`
			: `I did not understand ${part}.${lacks} What should be done with ${name}?${places}`,
		choices: readings.map(text => ({text, request: text})),
	};
}
