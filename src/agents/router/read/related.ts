import {pointingAt} from '../../../mcp/kubernetes/model/pointing-at.ts';
import type {Clause} from '../clause.ts';
import {kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {kindsAsked, ofOthers} from './selection.ts';

/** Kinds that are told by what they point at. */
const pointing = new Set(['Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'NetworkPolicy', 'Ingress']);
/** How such a kind has to do with what it points at. */
const relations =
	'select target point route send lead reach cover protect guard scale front pick match hit apply 고르 선택 가리키 보내 연결 보호 막 잡 향하 스케일 적용 걸리 걸린';

/** Whether several of the kind may be meant, and not one that is named: `which services`, `어떤 서비스`. */
const asksWhich = ({words}: Clause, kind: string) =>
	kindsIn({words}).some(
		mention =>
			mention.kind === kind &&
			mention.name === undefined &&
			(mention.plural ||
				words.slice(Math.max(0, mention.first - 2), mention.first).some(({text}) => /^(?:which|what|any|어떤|어느|무슨)$/.test(text))),
	);

/** `Does web have a budget?`, `services of web`, `which policies guard db`: what points at a workload that is named. */
export const related: Intent = {
	name: 'what points at it',
	async understand(clause, world) {
		if (!asksToRead(clause)) return undefined;
		const kinds = kindsAsked(clause, await scopeIn(clause, world));
		const asked = kinds.filter(each => each !== 'Pod' && !workloadKinds.some(known => known === each));
		const [kind] = asked;
		if (kind === undefined || !asked.every(each => pointing.has(each))) return undefined;
		const targets = kind === 'Ingress' ? ['Service'] : workloadKinds;
		const found = foundThing(await theOne(ofOthers(clause, asked), world, targets), targets);
		const isRelation = asksWhich(clause, kind) && (kinds.includes('Pod') || spoken(clause, relations));
		if (found.found === 'none' || (found.found === 'one' && !isRelation && (await theOne(clause, world, [kind])).found !== 'none'))
			return undefined;
		if (found.found === 'several') return found.question;
		const {metadata} = found.object;
		const {language} = clause;
		const others = (await Promise.all(asked.map(each => world.objects(each, metadata.namespace)))).flat();
		const pointers = pointingAt(found.object, others);
		const what = asked.join(', ');
		const name = `${metadata.namespace}/${metadata.name}`;
		return answer(
			inLanguage(language, `${what} of ${name}`, `${name}의 ${what}`),
			pointers.length === 0
				? inLanguage(language, `No: ${name} has no ${what}.`, `없습니다: ${name}에는 ${what}가 없습니다.`)
				: inLanguage(language, `${name} has ${pointers.length}:`, `${name}에는 ${pointers.length}개 있습니다:`),
			pointers.map(({ref, how}) => bullet(`${ref.kind} ${ref.name}`, how)),
			language,
		);
	},
};
