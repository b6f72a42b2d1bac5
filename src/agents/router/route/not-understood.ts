import {refOf} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindWord} from '../names/kind-words.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import type {Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

/** A word that only a name looks like. */
const nameIn = ({words, language}: Clause) =>
	words.find(({text}) => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(text) || (language === 'ko' && /^[a-z][a-z0-9]{2,}$/.test(text)))?.raw;

/** Nobody understands the clause: two or three readings of what it names, or of what can be asked at all. */
export async function notUnderstood(clause: Clause, world: World, talk: Talk): Promise<Understanding> {
	const {mentions} = await mentionsIn(clause, world, namedKinds, talk);
	const object = mentions[0]?.objects[0];
	const korean = clause.language === 'ko';
	const part =
		talk.clauses.length > 1 ? (korean ? `"${clause.text}" 부분을` : `the part "${clause.text}"`) : korean ? '요청을' : 'the request';
	if (object === undefined) {
		const unknown = nameIn(clause);
		const missing = unknown === undefined ? '' : korean ? ` ${unknown}(이)라는 것은 찾지 못했습니다.` : ` Nothing is called ${unknown}.`;
		const examples = korean
			? ['모든 네임스페이스의 디플로이먼트 목록 보여줘', '최근 경고 이벤트 보여줘']
			: ['List all deployments in all namespaces', 'Show recent warnings'];
		return {
			kind: 'question',
			text: korean
				? `${part} 이해하지 못했습니다.${missing} 무엇을(어떤 대상을) 어떻게 할까요? 이렇게 말할 수 있습니다:`
				: `I did not understand ${part}.${missing} Which object, and what should be done with it? You can say:`,
			choices: examples.map(text => ({text, request: text})),
		};
	}
	const {kind, namespace, name} = refOf(object);
	const word = kindWord(kind, clause.language);
	const where = namespace === undefined ? '' : korean ? `${namespace} 네임스페이스의 ` : ` in ${namespace}`;
	const readings = korean
		? [`${where}${name} ${word} 보여줘`, `${where}${name} ${word}에 무슨 문제가 있어?`]
		: [`Show ${word} ${name}${where}`, `What is wrong with ${word} ${name}${where}?`];
	return {
		kind: 'question',
		text: korean
			? `${part} 이해하지 못했습니다. ${name}에 무엇을 할까요?`
			: `I did not understand ${part}. What should be done with ${name}?`,
		choices: readings.map(text => ({text, request: text})),
	};
}
