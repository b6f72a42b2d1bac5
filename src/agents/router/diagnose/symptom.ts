import type {Symptom} from '../../../analysis/diagnosis/causes-of.ts';
import type {Clause} from '../clause.ts';
import {oneOf} from '../words/mood/one-of.ts';

/** `refused`: somebody has no right; everything else is told by the objects around a workload. */
export type Noticed = Symptom | 'refused';

const denied =
	/\b(forbidden|unauthori[sz]ed|rbac|403|permission denied|not (?:be )?allowed|no permission|(?:not|isn't|aren't) permitted|access denied|(?<!connection (?:is |was |gets |being )?)refused)\b|권한|인가|거부|거절|forbidden/i;

/** Of connections, which no role refuses. */
const connection = /connection|connect|econnrefused|연결|접속/i;

const unreachable =
	/\b(unreachable|reach(?:es|ed|able|ing)?|traffic|endpoints?|connect(?:s|ion|ions|ing)?|econnrefused|50[234]|bad gateway|time[sd]? ?outs?|timing out|no answer|respond(?:s|ing)?|answers? with|not answer(?:ing)?|(?:shuts|locks|keeps|cuts|bars) \S+ (?:out|off|away)|(?:shut|locked|cut|kept) (?:out|off|away)|talk to|resolve[sd]?)\b|연결|접속|트래픽|도달|응답|닿|통신|엔드포인트|타임아웃|못 ?붙|안 ?붙|붙지|사이|between/i;

const pending = /\b(pending|unscheduled|unschedulable|scheduled?|placed|stuck|containercreating|unbound)\b|펜딩|스케줄|배치|대기/i;
const restarting =
	/\b(restart(?:s|ing|ed)?|crash(?:es|ing|ed)?|crashloop\w*|loop(?:s|ing)?|d(?:ies|ying|ie)|killed|oom\w*|flapping|exit(?:s|ing|ed)?|137)\b|재시작|죽(?!여|이[고면는지])|크래시|재기동|반복|oom/i;
const notReady = /\b(readiness|liveness|probes?|unready|ready|unhealthy|health ?checks?)\b|레디니스|프로브|준비|헬스|ready|readiness/i;
const notScaling = /\b(hpa|autoscal\w*|scal(?:e|es|ing|ed)(?: up| out| down)?)\b|오토스케일|스케일|늘어나|hpa/i;
const notDraining = /\b(drain\w*|evict\w*|disruption)\b|드레인|비우|비워|축출|drain/i;

/** What somebody noticed, from the most telling word on; `down` where only that something is wrong is said. */
export function noticedIn({text}: Pick<Clause, 'text'>): Noticed {
	if (denied.test(text) && !connection.test(text)) return 'refused';
	if (notDraining.test(text)) return 'not-draining';
	if (notScaling.test(text)) return 'not-scaling';
	if (restarting.test(text)) return 'restarting';
	if (pending.test(text)) return 'pending';
	if (notReady.test(text) && !/ready pods|pods are (?:healthy|ready|fine)/i.test(text)) return 'not-ready';
	return unreachable.test(text) ? 'unreachable' : 'down';
}

const asksWhy =
	/\b(why|reason|(?<![-/])cause|what'?s wrong|what is wrong|wrong with|what'?s (?:up|missing|happening|behind|causing|the (?:story|deal|catch|problem|mistake|fault|matter|obstacle|hold-?up|hindrance|blocker|hitch|snag|hurdle))|where'?s the (?:mistake|fault|error|catch|problem)|what (?:ails|bothers|causes)|makes? \S+ (?:unready|fail|crash|die|slow|unhealthy|restart)|at fault|to blame|behind (?:it|that|this)|something'?s? (?:is )?(?:off|wrong|up|fishy|amiss|not right)|(?:what|which \w+) (?:does|do|did|is|are) (?:it|they|\S+) (?:trip\w*|chok\w+|stumbl\w+|fall\w*|die|dying|complain\w*|fail\w*)(?: (?:over|on|of|from|about|at))?|explain(?=(?: (?:it|that|this|why|please|pls|to me|what))*\s*(?:[.!?;,]|$))|what (?:is|are) (?:up|missing|happening|the (?:obstacles?|hold-?up|hindrance|blockers?|hitch|snag|hurdle|catch))|going on|the matter|any idea|diagnose|troubleshoot|investigate|(?<![-\w=])debug(?= (?!level|log|mode|for|on|in)\S)|figure out|find out|root cause|problem|issue|trouble|broken|what happened to|what (?:killed|kills|crashed|crashes|broke|breaks|stops?|stopped|took down|takes down|delays?|slows?)(?= (?:it|them|that|this|the |\S+))|how come|(?:is|does|do|are|did) (?:it|they|\S+(?: \S+)?) (?:lack|miss|need|wait(?:ing)? for|missing|lacking)|(?:what|which|who) (?:(?:is|are|'?s) )?(?:block|hold|keep|stopp|prevent|ties?|hinder)\w*|in the way)\b|왜|이유|원인|문제(?:\s?(?:같|맞)|인 것|가|야|[지죠]|인|점|는|예|일|냐|니|에요)|무슨 문제|(?:뭐|뭔|무엇)\S*\s?문[제젠]|무엇\s?때문|뭐\s?때문|(?:어떤|어느|무슨)\s?\S+\s?(?:때문|탓)|문제 (?:있|없)|이상한|진단|분석|무슨 (?:일|의미|뜻)|뭐가 잘못|어디가 잘못|장애|(?:뭐|뭘|무엇|뭔)\S*\s?(?:더 )?(?:빠[졌진]|부족|모자|없|막)/i;

const sick =
	/\b(won'?t|unready|can'?t|cannot|could ?n'?t|does ?n'?t|does not|do not (?:start|come|work|run|get|scale|respond)|is ?n'?t|are ?n'?t|(?:is|are|was|were|be|gets?) not|not (?:working|running|starting|ready|reachable|responding|scaling|coming|able|getting|receiving|up|healthy|available|scheduled|bound)|never|\d*0\/\d+|no longer (?:works?|starts?|runs?|responds?|reachable|answers?)|nobody|no one|nothing (?:reaches|works|comes|arrives|happens)|keeps? \w+ing|keeps? (?:on )?(?:crash|restart|fail|d)\w*|stuck|(?:is|are|went|goes|been) down|fail(?:s|ing|ed)?|broken|crash\w*|unreachable|unhealthy|pending|dead|dying|dies|refus(?:es|ed|ing)|rejects?|forbidden|oom\w*|errors? out|still not|expected \S+(?: \S+)? to be (?:up|ready|running|healthy|there)|hangs?|hung|stall(?:s|ed)|CrashLoopBackOff|(?:Err)?ImagePull(?:BackOff)?|CreateContainer(?:Config)?Error|exit(?:s|ed)? (?:with|code)|(?:gets?|is|was|are) (?:oom)?killed|restart(?:s|ing)? (?:every|constantly|all the time|over and over|again and again)|returns? (?:errors?|50\d)|(?:shuts|locks|keeps|cuts|bars) \S+ (?:out|off|away)|(?:is|are|gets?) (?:shut|locked|cut|kept) (?:out|off|away)|with (?:an? )?error|no (?:traffic|endpoints|ready)|times? out|timing out|(?:gets?|sees?|has|runs into) (?:only |just |nothing but )?(?:time-?outs?|refusals)|(?:gets?|returns?|answers?(?: with)?|sees?) (?:an? )?(?:http )?[45]\d\d)\b|안\s?(?:뜨|떠|뜹|되|돼|됩|해|하|합|붙|돌|열|와|가|늘|줄|올|들|받|먹|보|켜|생|잡|나|이뤄)|못\s?(?:뜨|떠|받|하|해|찾|가|오|올|읽|붙|들|이)|[뜨되하돌붙늘줄받열오가]지\s?(?:를|도|가)?\s?[않못]|[가-힣](?:지|질|지를|지가|지도)\s?(?:않|못)(?:아|습|네|는데|음|해|하|합)|(?:^|\s)[안못]\s?[가-힣]{1,4}(?:니다|요|는데|네|음|함|됨)(?=[\s,.!?]|$)|거부(?:되|당|됩|된)|끊[기겨김긴어]|튕[기겨]|(?:계속|자꾸|반복)\S*\s?(?:종료|재시작|재기동|에러|터[지져])|실패|죽(?!여|이[고면는지])|다운(?!그|로드|시|해|하)|멈[췄춘]|막[혀혔힌힘힙]|이상(?:해|하|한|합)|먹통|타임\s?아웃|오류|에러|불통|꺼[졌진]|(?<!\d)[45]\d\d(?!번(?:으로|로|에서|\s?포트))(?:이|가|을|를|번|에러|오류)? ?(?:에러|오류)?\S* ?(?:나|본|보|뱉|떠|뜨|뜬|뜹|납|난|받|응답|발생|나와|나옴)|펜딩|pending|crash/i;

/** Whether a clause wants to know why something does not work. */
export const asksForCause = ({text}: Pick<Clause, 'text'>): boolean => asksWhy.test(text) || sick.test(text);

/** Whether it asks so by a word that means nothing else. */
export const asksOutright = ({text}: Clause): boolean =>
	/\b(why|how come|reason|root cause|what'?s (?:wrong|missing|the (?:story|problem))|what is (?:wrong|missing)|diagnose|troubleshoot|any idea)\b|왜|이유|원인|진단|뭐가 (?:빠|부족|모자)/i.test(
		text,
	);

/** `remove whatever keeps it from being scheduled`, `스케줄을 막는 설정을 빼줘`: the cause is to go, whatever it is. */
export const takesCauseAway =
	/\b(?:take (?:away|out|off)|remove|drop|lift|undo|clear|strip|get rid of|change|correct) (?:what(?:ever|soever)?|(?:the |any )?(?:setting|field|constraint|thing|part|rule|requirement)s?(?: that)?|everything that|anything that) (?:it is that )?(?:keeps?|holds?|blocks?|prevents?|stops?|hinders?|is keeping|is blocking|stands in the way of)\b|(?:막는|막고\s?있는|방해하는|걸리는|가로막는|못\s?뜨게\s?하는)\s?(?:설정|것|거|부분|조건|제약|라벨|필드)\S*\s?(?:좀\s)?(?:빼|제거|없애|지워|풀어|치워|고쳐)/i;

/** What is sick was named before. */
const pointsAtIt = (text: string) => (/[가-힣]/.test(text) ? !/[a-z]{3,}/.test(text) : /\b(?:it|its|them)\b/i.test(text));

const ways = 'right|straight|in order|back in order|well|properly|correctly|again';
const repairs = new RegExp(
	oneOf(`
		(?<!\\b(?:an?|the|this|that|any|no)\\s)\\b(?:fix|repair|mend|heal|cure|resolve|solve|remedy|unblock|unstick|unbreak|recover|rectify|patch up|revive|resurrect)\\b | \\bsort (?:it|that|this|them)(?: ?out)?\\b | \\bsort out\\b
		| \\bget (?:it|that|this|them|\\S+) (?:working|running|going|back|up|healthy|ready|well|${ways})\\b | \\bmake (?:it|\\S+) (?:work|run|start|reachable|right)\\b | \\bhave (?:it|\\S+) (?:work|run|start|reachable)\\b
		| \\b(?:make|have|let|get) (?:it|them|that|the \\S+|\\S+) (?:to )?(?:work|run|start|point|reach|find|see|pull|read|scale|talk|answer|listen|serve|select|match|come)\\w*\\b.*\\b(?:again|right|properly|correctly|proper|correct)\\b
		| \\bbring (?:it|\\S+) back\\b | \\b(?:put|set) (?:it |that |this |things |them |everything )?(?:${ways})\\b | \\bdo what(?:ever)? (?:is|it) (?:needed|necessary|takes) | \\b(?:change|correct|adjust) what(?:ever)?(?:'s| is) (?:wrong|broken|off)\\b
		| \\b(?:change|adjust|edit|set)\\b[^.;]*\\bso that (?:it|they|the \\S+|\\S+) (?:(?:is|are|gets?) (?:let (?:in|through)|admitted|allowed(?: in)?)|(?:can|may|could) (?:reach|connect|talk|get (?:in|through)))\\b
		| 고쳐 | 고치 | 고칠 | 복구 | 해결 | 살려 | 바로잡 | 정상화 | 손봐 | 수리 | (?<!확장|스케일|조정|배[가로]? ?|[개대]가 |로 ?)되게
		| (?:동작|작동|기동|접속|연결|통신|실행|스케일)\\s?(?:하|되)게 | (?:읽히|돌|돌아가|보이|붙|통하|풀리|열리|나오|잡히|늘어나|읽을 수 있|받|먹히)게\\s?(?:해|만들|좀|끔)
	`),
	'i',
);

/** `correct the role`, `수정해 주세요`: also said of plain changes, and then nothing is sick. */
const corrects = /\b(correct|restore|adjust)\b|수정|바꿔/i;

/** Whether a clause wants something repaired whose cause it does not name. */
export const asksForRepair = (clause: Clause): boolean =>
	repairs.test(clause.text) ||
	(takesCauseAway.test(clause.text) && pointsAtIt(clause.text)) ||
	((corrects.test(clause.text) || takesCauseAway.test(clause.text)) && (sick.test(clause.text) || asksWhy.test(clause.text)));
