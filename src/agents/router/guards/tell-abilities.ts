import type {Clause} from '../clause.ts';
import type {Intent} from '../understanding.ts';

const asks =
	/^\W*(?:help(?: me)?|hi|hello|hey|what (?:can|could) (?:you|i) (?:do|ask|say)[\w\s]*|how do(?:es)? (?:you|this) work|도움말|도와줘|안녕(?:하세요)?|(?:뭘|무엇을|뭐)\s*할 수 있(?:어|나요|니|습니까)[가-힣]*|어떻게 (?:써|쓰나요|사용해|사용하나요)[가-힣]*)\W*$/i;

/** What can be asked without a model, by examples. */
export const tellAbilities: Intent = {
	name: 'what can be asked',
	understand: async clause => (asks.test(clause.text) ? {kind: 'answer', ...abilities(clause)} : undefined),
};

const abilities = ({language}: Clause) =>
	language === 'ko'
		? {
				said: '무엇을 할 수 있는지 알려드립니다',
				text: `영어와 한국어로 말하면 됩니다. 변경은 모두 계획을 먼저 보여주고 승인을 기다립니다.

- 조회: "shop의 파드 목록 보여줘", "web 로그 50줄", "누가 시크릿을 읽을 수 있어?"
- 진단과 수리: "web이 왜 안 떠?", "web 고쳐줘"
- 변경: "web을 5개로 늘려줘", "web 이미지를 1.4.2로 올려줘", "web 재시작해줘"
- 생성: "shop에 cfg 컨피그맵을 LEVEL=debug로 만들어줘"
- 삭제와 노드: "shop의 cfg 컨피그맵 삭제해줘", "node-1 cordon 해줘"

여러 가지를 한 번에 말해도 됩니다. 비밀 값은 보여주지 않습니다.`,
			}
		: {
				said: 'Tell what can be asked',
				text: `Say it in English or Korean. Every change is shown as a plan first and waits for your yes.

- Look: "list the pods in shop", "last 50 log lines of web", "who can read secrets?"
- Diagnose and repair: "why is web pending?", "fix web"
- Change: "scale web to 5", "set the image of web to 1.4.2", "restart web"
- Create: "create configmap cfg in shop with LEVEL=debug"
- Delete, nodes: "delete configmap cfg in shop", "cordon node-1"

Several of them may stand in one request. Secret values are never shown.`,
			};
