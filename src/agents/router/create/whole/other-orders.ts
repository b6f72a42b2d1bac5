import {asksToKnow} from '../../change/is-change.ts';
import type {Clause} from '../../clause.ts';
import {masked} from '../../words/clauses-of.ts';
import {withoutManners} from '../../words/mood/english-openings.ts';
import {beginsWithLook, isImperative} from '../../words/mood/imperatives.ts';
import type {Mentioned} from '../reading/mentions.ts';

/** Verbs that make something, or tell how what is made is to be. */
const describing = new Set(
	`add allow annotate arrange apply assign attach bind block build call carry claim clone close connect copy create cut define deny deploy direct do duplicate enforce ensure establish
	expose fill flag forbid generate get give grant guard have hold isolate keep label launch leave let limit link load lock make map mark mirror mount name open park permit pick pin place point
	prepare prevent protect provision publish pull push put read redirect refuse register reject reserve restrict route save seal secure send serve set shield spare split start stay stick store
	supply tag take tie trust try turn use want wire write give`.split(/\s+/),
);

/** What the words for a kind say that elsewhere is a deed: `get, list and patch`, `scale down slowly`, `drop everything`. */
const own: {readonly [kind in Mentioned]?: RegExp} = {
	Role: /^(?:get|list|watch|create|update|patch|delete|deletecollection|exec|restart|scale|view|see|show|edit|change|modify|manage|remove|roll)$/,
	HorizontalPodAutoscaler: /^(?:scale|grow|shrink|autoscale|wait|hold|double|halve|resize|move|drop)$/,
	PodDisruptionBudget: /^(?:drain|evict|lose|move|upgrade)$/,
	NetworkPolicy: /^(?:drop|stop|cut|shut|accept|lift)$/,
	ResourceQuota: /^(?:cap|stop|count)$/,
	LimitRange: /^(?:cap|stop)$/,
	Service: /^(?:forward|listen|balance|select)$/,
	ConfigMap: /^(?:switch|flip)$/,
	Secret: /^(?:draw|roll)$/,
};

const othersKorean =
	/(?:재시작|롤백|삭제|스케일|업데이트|업그레이드|교체|변경|중지|전환|되돌려|지워|올려|내려|늘려|줄여|바꿔|옮겨|멈춰|꺼|알려|보여)(?!고)\S{0,3} ?(?:줘|주|해|하고|요?$)/;

const asksInKorean =
	/(?:알려|보여|조회해|설명해|찾아)[가-힣 ]{0,8}[.?!]*$|(?:인가요|나요|[가-힣]까요|뭐야|뭔가요|무엇인지|몇 ?[개대]\S*|왜\s[^.?!]*)\?*$/;

const joints = /[.!?]+(?:\s+|$)|[;,:]\s+|\s+(?:and|then|but|so|plus|or)\s+|\(|\)|\n+/i;

/** Whether a part of a request orders something else than to make one of a kind, or asks to know. */
export function ordersOther({text, language}: Clause, kind: Mentioned): boolean {
	if (language === 'ko' ? asksInKorean.test(text) : asksToKnow({text, language})) return true;
	if (language === 'ko') return othersKorean.test(text) && kind !== 'HorizontalPodAutoscaler';
	return masked(text)
		.toLowerCase()
		.split(joints)
		.some(part => {
			const plain = withoutManners(part);
			const [verb = ''] = /^[a-z-]+/.exec(plain) ?? [];
			const isDeed = isImperative(verb) && !describing.has(verb) && own[kind]?.test(verb) !== true;
			return (isDeed && plain.includes(' ')) || (beginsWithLook(plain) && own[kind]?.test(verb) !== true);
		});
}
