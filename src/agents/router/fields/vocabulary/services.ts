import {type Field, field, meaning, named} from '../field.ts';

/** Fields of Services and other ways in. */
export const ofServices: readonly Field[] = [
	field(['Service'], 'object', 'spec.type', named('ClusterIP', 'NodePort', 'LoadBalancer'), /\bservice\b|\btype\b|서비스|타입|유형/),
	field(
		['Service'],
		'object',
		'spec.externalTrafficPolicy',
		[
			...named('Cluster', 'Local'),
			meaning(
				'Local',
				/\b(?:keep|keeps|preserv\w*|retain\w*|see|sees) (?:the )?(?:real |original )?(?:client|source|caller)s?'? ?(?:ips?|address\w*)\b|(?:클라이언트|원본|소스) ?(?:ip|아이피|주소)\S* (?:보존|유지|그대로|살)/,
			),
		],
		/\bexternal traffic(?: policy)?\b|외부 ?트래픽(?: ?정책)?/,
	),
	field(
		['Service'],
		'object',
		'spec.sessionAffinity',
		[...named('ClientIP', 'None'), meaning('ClientIP', /\bsticky(?: sessions?)?\b|세션 ?(?:고정|유지)|스티키/)],
		/\bsession affinity\b|세션 ?어피니티/,
	),
];
