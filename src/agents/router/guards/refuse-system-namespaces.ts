import type {Intent} from '../understanding.ts';

const system = '(?:kube-system|kube-public|kube-node-lease)';
const end = '(?=\\s*(?:$|[,.!?;]|and\\b|with\\b|completely\\b|entirely\\b|please\\b))';
const patterns = [
	new RegExp(
		`\\b(?:delet\\w*|remov\\w*|drop\\w*|destroy\\w*|eras\\w*|purg\\w*|wip\\w*|kill\\w*|nuke|clear|get rid of|tear(?:ing)? down)\\s+(?:out\\s+)?(?:the\\s+)?(?:whole\\s+|entire\\s+)?(?:(?:namespace|ns)\\s+(?:${system}|default)|(?:${system}|default)\\s+(?:namespace|ns)|${system})${end}`,
		'i',
	),
	new RegExp(
		`(?<![\\w-])(?:${system}|default\\s*네임스페이스|네임스페이스\\s*(?:${system}|default))\\s*(?:네임스페이스)?(?:를|을|은|는|도)?(?:\\s*(?:통째로|전체|전부|모두|다|그냥|완전히|좀))*\\s*(?:삭제|지우|지워|제거|없애|날려)`,
	),
];

/** The namespaces that the cluster itself needs: it never lets them go, so no plan is made for it. */
export const refuseSystemNamespaces: Intent = {
	name: 'refuse to delete system namespaces',
	async understand({text, language}) {
		if (!patterns.some(pattern => pattern.test(text))) return undefined;
		return {
			kind: 'refusal',
			why:
				language === 'ko'
					? 'kube-system, kube-public, kube-node-lease, default 네임스페이스는 클러스터 자체에 필요하므로 삭제하지 않습니다. 그 안의 특정 대상은 종류와 이름으로 말씀해 주세요.'
					: 'The namespaces kube-system, kube-public, kube-node-lease and default belong to the cluster itself and are not deleted. Name a kind and an object in them instead.',
		};
	},
};
