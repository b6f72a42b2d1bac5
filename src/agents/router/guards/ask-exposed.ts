import type {Clause} from '../clause.ts';
import type {Intent} from '../understanding.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {hostOf} from '../words/values.ts';

const outside = `(?:the )?(?:internet|outside(?: world)?|public(?: internet)?|world|web)`;
const patterns: readonly RegExp[] = [
	new RegExp(String.raw`\b(?:expos\w*|open(?:ed|ing)?|publish\w*)\b[^.;]*\b(?:up )?to ${outside}(?![\w-])`, 'i'),
	new RegExp(String.raw`\b(?:reach\w*|access\w*|availab\w*|visible|callable)\b[^.;]*\b(?:from|on|over|via|to) ${outside}(?![\w-])`, 'i'),
	/\b(?:expos\w*|reach\w*|access\w*|availab\w*) (?:it )?(?:externally|publicly)\b|\b(?:externally|publicly) (?:reach\w*|access\w*|availab\w*|visible)\b/i,
	/\b(?:make|have|get|turn|take|go|put)\b[^.;]*\bpublic\b(?= *(?:$|[,.;!]|please|now|for))/i,
	/(?:외부|바깥|인터넷)\S*\s?(?:\S+\s)?(?:접속|접근|노출|공개|오픈|열어|들어올|볼\s?수)/,
];

/** What says by which way, or speaks of rules and not of ways. */
const saysHow =
	/\bingress|\bload ?-?balancer|\blb\b|\bnode ?-?port|\bport ?forward|\bexternal ?name|\bhttp ?route|\bpolic(?:y|ies)\b|\bnetpol|\bno longer\b|\bnot\b|n't\b|\bnever\b|\bnothing\b|\bnobody\b|\bno one\b|\bonly\b|\bblock|\bdeny|인그레스|로드\s?밸런서|노드\s?포트|정책|폴리시|차단|막아|못\s?하게|않[게도]/i;
/** A new Service says by its type who reaches it. */
const makesService =
	/\b(?:create|make|new|add|need|want|set up)\b[^.;]*\bservices?\b|\bservice (?:named|called)\b|서비스\S*\s?[^.]*(?:만들|생성|추가|하나|이름)/i;

const isOpen = (clause: Clause) =>
	patterns.some(pattern => pattern.test(clause.text)) &&
	!saysHow.test(clause.text) &&
	!makesService.test(clause.text) &&
	!clause.words.some(word => hostOf(word) !== undefined);

/** `make web reachable from the internet`: there are several ways to, and none of them is a guess. */
export const askExposed: Intent = {
	name: 'ask how it is exposed',
	understand: async clause =>
		isOpen(clause) && givesOrder(clause.text)
			? {
					kind: 'question',
					text:
						clause.language === 'ko'
							? '외부에 여는 방법은 여러 가지입니다. 어떻게 할까요: 호스트 이름을 정한 Ingress, LoadBalancer 서비스, 아니면 NodePort 서비스인가요?'
							: 'There are several ways to let it be reached from outside. Which one: an Ingress (for which host?), a Service of type LoadBalancer, or one of type NodePort?',
					choices: [],
				}
			: undefined,
};
