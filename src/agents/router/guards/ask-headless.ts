import {textAt} from '../../../core/kube/json-at.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import type {Intent} from '../understanding.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {isSaidExactly} from './said-exactly.ts';

/** `make service web headless`: how one becomes that is there; a headless Service to be made is spoken of as one. */
const becomes =
	/\b(?:make|turn|switch|convert|change|set|let|get|move|should|must|has to|needs to)\b[^.;]*?(?<!\b(?:an?|another|new|second|further|its|own|the) )\bheadless\b(?! (?:services?|svc|one|twin|copy|version)\b(?! ?[.!]?$))|\bclusterip\b[^.;]*\bnone\b|(?:헤드리스|headless)\s?(?:서비스)?(?:으로|로)\s?(?:\S+\s)?(?:바꿔|바꾸|바꿀|전환|변경|돌려|교체)/i;
const makesNew = /\b(?:create|add|besides?|next to|additional|another|new)\b|새로|추가|하나 더/i;

/** Whether a Service has an address of its own never changes. */
export const askHeadless: Intent = {
	name: 'ask about a headless Service',
	async understand(clause, world, talk) {
		if (!becomes.test(clause.text) || makesNew.test(clause.text) || !givesOrder(clause.text)) return undefined;
		const {mentions} = await mentionsIn(clause, world, ['Service'], talk);
		const services = mentions.flatMap(({objects}) => objects).filter(object => isSaidExactly(clause, object));
		const [service] = services.filter(({spec}) => textAt(spec, 'clusterIP') !== 'None');
		return service === undefined ? undefined : immutable(clause, service.metadata.name);
	},
};

const immutable = ({language}: Clause, name: string) => ({
	kind: 'question' as const,
	text:
		language === 'ko'
			? `서비스 ${name}의 clusterIP는 변경할 수 없습니다(immutable): 있는 서비스는 헤드리스가 될 수 없습니다. 다른 이름으로 헤드리스 서비스를 하나 더 만들까요, 아니면 지우고 다시 만들까요?`
			: `The clusterIP of Service ${name} cannot be changed: it is immutable, so a Service that is there never becomes headless. Should a headless one be made beside it under another name, or should it be deleted and made again?`,
	choices: [],
});
