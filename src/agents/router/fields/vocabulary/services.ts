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
	field(
		['Service'],
		'object',
		'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
		'seconds',
		/\b(?:affinity |sticky |session )?time-?out\b|\bsticky for\b|(?:어피니티 ?|세션 ?)?타임 ?아웃|세션 ?유지 ?시간/,
	),
	field(
		['Service'],
		'object',
		'spec.publishNotReadyAddresses',
		'flag',
		/\bpublish\w* (?:the )?(?:addresses of )?(?:not|un)-?ready (?:pods|addresses|endpoints)\b|준비(?:되지 않은| 안 된) ?(?:파드|주소)/,
	),
	field(
		['Service'],
		'object',
		'spec.loadBalancerSourceRanges',
		'addresses',
		/\b(?:source ranges?|allowed (?:sources?|ranges?|cidrs?|ips?)|only (?:from|reachable from|let in)|(?:reachable|accessible|open)(?: only)? (?:from|to)|restrict\w*(?: \w+)? to)\b|(?:소스|허용) ?(?:대역|범위|ip|cidr)|에서만/,
	),
	field(
		['Service'],
		'object',
		'spec.internalTrafficPolicy',
		[
			...named('Cluster', 'Local'),
			meaning('Local', /\binternal traffic (?:stays?|only)(?: on)? (?:the )?(?:same )?node\b|내부 ?트래픽\S* ?(?:같은|해당) ?노드/),
		],
		/\binternal traffic(?: policy)?\b|내부 ?트래픽(?: ?정책)?/,
	),
	field(
		['Service'],
		'object',
		'spec.ipFamilyPolicy',
		[
			...named('SingleStack', 'PreferDualStack', 'RequireDualStack'),
			meaning('RequireDualStack', /\brequires? dual[ -]?stack\b|듀얼 ?스택 ?필수/),
		],
		/\bip famil\w+(?: policy)?\b|\bdual[ -]?stack\b|듀얼 ?스택/,
	),
	field(['Service'], 'object', 'spec.externalName', 'text', /\bexternal name\b|외부 ?이름/),
	field(['Ingress'], 'object', 'spec.ingressClassName', 'name', /\b(?:ingress )?class\b|(?:인그레스 ?)?클래스/),
];
