import {objectAt} from '../../../core/kube/json-at.ts';
import type {Clause} from '../clause.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import type {Intent} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {hasOrder} from '../words/order-verbs.ts';
import {spoken, whereSpoken} from '../words/spoken.ts';
import {imagesIn, pairsIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {credentials, inPlain, making, movedOut, noDeed, notNow, secretKinds, seeing, shownHere, values} from './secret-words.ts';

/** Refuses to show what is secret, whichever way it is asked for: in a Secret, a kubeconfig, or the environment of a pod. */
export const refuseSecrets: Intent = {
	name: 'refuse secret values',
	understand: async (said, world) => {
		if (hasRead.test(said.text) && !inPlain.test(said.text) && !shownHere.test(said.text)) return undefined;
		const clause = withoutPlaces(clauseOf(withoutForbidden(said).text.replace(notValues, ' ')), await world.namespaces());
		return asksForSecret(clause) || (await asksForValueOf(clause, world)) ? {kind: 'refusal', why: why(clause)} : undefined;
	},
};

/** `have web read DSN out of the secret`: a variable of a workload takes it, and nobody here reads it. Whatever else is done with it is looked at. */
const hasRead =
	/^(?:[Pp]lease )?(?:[Hh]ave|[Ll]et|[Mm]ake) (?:the )?(?!me\b|us\b|you\b|someone\b|somebody\b)[\w-]+ (?:[Rr]ead|[Tt]ake|[Gg]et|[Ll]oad) (?:its |the )?[A-Z][A-Z0-9_]+ (?:out of|from) (?:the )?secret [\w.-]+(?:,? (?:the )?key [\w.-]+)?[.!]?$/;

/** `in data`: a namespace may be called like what is secret. */
const withoutPlaces = (clause: Clause, namespaces: readonly string[]): Clause => {
	const places = new RegExp(
		String.raw`\b(in|into|from|inside|within) (?:the |namespace )*(?:${namespaces.join('|')})(?![\w-])|(?<![\w-])(?:${namespaces.join('|')})(?= ?(?:namespace|네임 ?스페이스|에|의))`,
		'gi',
	);
	return namespaces.length === 0 ? clause : clauseOf(clause.text.replace(places, ' '));
};

/** `the key names, not the values`: what is left out is not asked for. */
const notValues =
	/[,(]?\s*\b(?:not|without|no|never|but not)\s+(?:the |their |its |any )?(?:actual )?(?:values?|contents?|data)\b\)?|값\S*\s?(?:말고|빼고|제외|필요 ?없|안 ?보여|없이)\S*/gi;

/** `don't print the values anywhere` asks for none of them. */
function withoutForbidden(clause: Clause): Clause {
	const text = clause.text.replaceAll(forbidden, ' ').trim();
	return text === clause.text || text === '' ? clause : clauseOf(text);
}
const forbidden =
	/\b(?:don't|do not|never|without|no need to|must not|please don't)\s+(?:ever\s+)?(?:echo|print|show|log|display|reveal|output|dump|paste|leak|expos)\w*\b[^.;!?\n]*|[가-힣]*(?:출력|노출|공개|표시|기록)\s?(?:은|는)?\s?하지\s?(?:마|말)[가-힣]*|값은?\s?(?:보여|출력|노출)\S*\s?(?:마|말|않)[가-힣]*/gi;

/** A program that writes what is secret where it can be read: `a pod that echoes the password to its log`. */
const writesOut =
	/\b(?:echo(?:e?s|ing)?|print(?:s|ing)?|log(?:s|ging)?|cats?|dump(?:s|ing)?|writ(?:es?|ing)|output(?:s|ting)?|send(?:s|ing)?|post(?:s|ing)?|upload(?:s|ing)?|curls?)\b[^.;]*\b(?:passwords?|passwd|secrets?|tokens?|credentials?|private keys?|api[ -]?keys?)\b[^.;]*\b(?:to|into|in|on|via|at)\b[^.;]*\b(?:logs?|stdout|console|output|screen|files?|url|https?|webhook|slack|pastebin|server)\b|(?:비밀번호|패스워드|암호|토큰|시크릿|인증정보)[^.]*(?:로그|표준\s?출력|콘솔|화면)(?:에|로|으로)[^.]*(?:출력|찍|남기|echo|써|쓰)/i;

/** `read it out of secret x and paste it here` */
const takesOut =
	/\b(?:read|copy|fetch|paste|print|send)\b (?:it|that|this|them|the (?:values?|keys?|contents?)) (?:out |over )?(?:of|from|out of|in) (?:the |our )?secret\b/i;

function asksForSecret(clause: Clause): boolean {
	if (writesOut.test(clause.text) || takesOut.test(clause.text)) return true;
	if (entersForEnvironment(clause) || printsObject.test(clause.text) || asksForVariable(clause.text)) return true;
	if (isKubeconfig(clause) && spoken(clause, `${credentials} certificate key 인증서 키`) && !makes(clause)) return true;
	if (
		(/\b(?:de|un)(?:code|crypt)|base64/i.test(clause.text) || spoken(clause, '디코드 디코딩 복호화 해독')) &&
		spoken(clause, `${credentials} ${secretKinds} key jwt 키`)
	)
		return true;
	if (spoken(clause, 'dump extract leak exfiltrate 덤프 추출 유출') && spoken(clause, secretKinds)) return true;
	if (isKubeconfig(clause) && spoken(clause, `${credentials} client_key certificate pem`) && spoken(clause, seeing)) return true;
	if (isKubeconfig(clause) && /\bclient-(?:key|certificate)/i.test(clause.text)) return true;
	if (spoken(clause, credentials) && shownHere.test(clause.text)) return true;
	if (credentialAlone.test(clause.text.trim())) return true;
	if (
		/\b(?:ignore|forget|override|bypass)\b[^.;]*\b(?:rules?|instructions?|restrictions?)\b/i.test(clause.text) &&
		spoken(clause, `${secretKinds} ${credentials}`)
	)
		return true;
	if (/\benv\w*\b.*\bincl\w*\b.*\bsecrets?\b/i.test(clause.text)) return true;
	if (makes(clause) || asksForThing.test(clause.text)) return false;
	if (spoken(clause, credentials) && (spoken(clause, seeing) || clause.words.length <= 4)) return true;
	return spoken(clause, secretKinds) && spoken(clause, values) && spoken(clause, seeing);
}

/** `token of the deployer account`: nothing is said to be done with it. */
const credentialAlone =
	/^(?:the |my |our |a )?(?:tokens?|passwords?|credentials?|private keys?) (?:of|for|from) (?:the )?[\w .-]+?(?: please)?[.?!]*$/i;

const isKubeconfig = ({text}: Clause) => /\bkube ?config\b|큐브 ?컨피그|(?:쿠버네티스|쿠베)\s?설정\s?파일/i.test(text);

/** A Secret as a whole, with all its values: `kubectl get secret x -o yaml`. */
const printsObject =
	/\b(?:get|show|print|dump|display|give|see|export|output)\b.*\bsecrets?\b.*(?:\s-o\s*=?\s*|--output[= ]|\bas\s+|\bin\s+)(?:raw\s+)?(?:yaml|json|jsonpath|go-template|custom-columns)|시크릿.*(?:yaml|json|야믈).*(?:보여|출력|뽑|알려)/i;

const variable =
	/(?<![\w=])\$?\{?[A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|API_?KEY|PRIVATE_KEY|ACCESS_KEY)[A-Z0-9_]*\}?(?![\w=])/;

/** What a variable with such a name holds: `echo $DB_PASSWORD`, `what is DB_PASSWORD set to`. */
function asksForVariable(text: string): boolean {
	if (!variable.test(text)) return false;
	return (
		/\b(?:echo|printenv|print|reveal|cat)\b|\bset to\b|\b(?:value|content)s? of\b|\bwhat(?:'s| is| are| does)?\b.*\b(?:is|hold|contain|value)/i.test(
			text,
		) || /(?:뭐|무엇|얼마).*(?:야|지|인가|예요|니)|값\S*\s*(?:알려|보여|출력|뭐)/.test(text)
	);
}

/** A part of a value tells it as well. */
const partly =
	/\b(?:char(?:acter)?s?|letters?|digits?|(?<!path[^.;]*)prefix(?![^.;]*path)|suffix)\b|\b(?:starts?|begins?|ends?) (?:with|in)\b|글자|자리|앞부분|뒷부분|일부|(?:으로|로)\s?(?:시작|끝나)/i;

const isInside = (clause: Clause) => /\bwhat(?:'s| is| does)\s+(?:inside|in|stored)\b/i.test(clause.text) && !spoken(clause, 'key 키');

/** The value of a Secret of the cluster that a clause names: of one of its keys, or of it as a whole. */
async function asksForValueOf(clause: Clause, world: World): Promise<boolean> {
	const {mentions} = await mentionsIn(clause, world, ['Secret', 'ConfigMap']);
	const named = mentions.filter(({objects}) => objects.every(({kind}) => kind === 'Secret'));
	if (named.length === 0 || asksForThing.test(clause.text) || asksWhetherThere.test(clause.text)) return false;
	if (inPlain.test(clause.text) || (shownHere.test(clause.text) && !isName(clause))) return true;
	if (
		movedOut.some(pattern => pattern.test(clause.text)) &&
		(isKeyOf(clause, named) ||
			spoken(clause, `${values} ${credentials} ${secretKinds}`) ||
			/\b(?:cat|print|echo|dump)s? (?:it|them)\b/i.test(clause.text))
	)
		return true;
	if (printsFile.test(clause.text) && isKeyOf(clause, named)) return true;
	const speaksOfValue =
		isInside(clause) || partly.test(clause.text) || isKeyOf(clause, named) || spoken(clause, `${values} ${credentials}`);
	return (
		speaksOfValue &&
		([partly, shownHere].some(pattern => pattern.test(clause.text)) || spoken(clause, seeing) || isTerse(clause)) &&
		!makes(clause)
	);
}

/** `put pay-db in here`: a name that is written, not what it holds. */
const isName = (clause: Clause) => /\bnames?\b|이름/i.test(clause.text);

/** A key of a Secret by its name, or `the key` of it. */
function isKeyOf({words, text}: Clause, named: readonly Mention[]): boolean {
	const keys = new Set(named.flatMap(({objects}) => objects.flatMap(object => Object.keys(objectAt(object, 'data')))));
	const lower = new Set([...keys].map(key => key.toLowerCase()));
	return (
		words.some(({text}) => keys.has(text) || lower.has(text.replace(/^\$\{?|\}$|^.*\//g, '').toLowerCase())) ||
		named.some(({last}) => /^(?:key|키)$/.test(words[last + 1]?.text ?? '')) ||
		theKeyIn.test(text)
	);
}

/** `print the key in the secret x`; which keys there are is no secret. */
const theKeyIn =
	/\bthe (?:\w+ )?key (?:that is )?(?:in|inside|of|from|out of|kept in|stored in|held by) |(?:든|들어\s?있는|담긴|저장된|보관된)\s키(?:를|만|을)?\s?(?:좀\s?)?(?:출력|프린트|찍|뽑|까|복사|붙여)/i;

/** `a pod that mounts it and cats tls.key`: its log shows what is in there. */
const printsFile = /\b(?:cat|echo|print|dump|base64|head|tail)(?:s|es)?\b\s+(?:out\s+)?(?:the\s+)?(?:file\s+|key\s+)?[$/{\w][\w./{}-]*/i;

/** What is asked for is a thing, or whether a key is there. */
const asksForThing =
	/(?:^|[:,] )(?:which|what|list (?:the|all)) (?:workloads?|deployments?|stateful ?sets?|daemon ?sets?|(?:cron ?)?jobs?|pods?|secrets?|containers?|namespaces?|services?)\b/i;
const asksWhetherThere = /^(?:is|are) there\b|키(?:가|는|도|이)?\s?(?:있|없)/i;

/** Nothing but the thing itself: `the private key of shop-tls please`. */
const isTerse = (clause: Clause) =>
	!hasOrder(clause.words) &&
	!/^(?:who|whose|how|when|where|is|are|was|were|do|does|did|has|have)\b|누구|누가|언제|어디|몇/i.test(clause.text);

/** Says first what is to be made: `create secret s: password from …`. What is asked for afterwards (`and print it`) is refused all the same. */
function makes(said: Clause): boolean {
	const clause = clauseOf(said.text.replace(notNow, ' ').replace(noDeed, ' '));
	if (shownHere.test(clause.text)) return false;
	const made = newSecret.test(clause.text) || (drawsValue.test(clause.text) && !shows.test(clause.text)) ? 0 : whereSpoken(clause, making);
	// What runs an image takes the value: `job x, image y, PGPASS from secret z`.
	if (made === -1 && pairsIn(clause).length === 0 && imagesIn(clause).length === 0) return false;
	const asked = ['print', 'reveal', 'decode', 'echo', 'dump', '출력', '디코드']
		.map(verb => whereSpoken(clause, verb))
		.find(at => at !== -1);
	return asked === undefined;
}

const newSecret =
	/\b(?:an?|another|new|one) (?:\w+ ){0,2}secrets?\b|\bsecret [\w.-]+[:,]? [^.;]*\b(?:(?:read|taken|filled|coming|comes?) from (?:the )?(?:env|environment|files?)\b|(?:from|out of|off) \$\{?[A-Z])|(?:새|새로운)\s?시크릿|시크릿\s?(?:하나|한\s?개|새로)/i;

/** `시크릿이 필요해, 값은 무작위로 뽑아`: a value that nobody has yet. */
const drawsValue = /시크릿[^.]*(?:필요|있어야).*(?:무작위|랜덤|난수|임의)\S*\s?(?:\S+\s)?(?:뽑|생성|만들|채워|정해)/;
const shows = /보여|보이|알려|말해|출력|찍어|공유|읽어|까줘|복사|적어|써줘/;

/** `exec into a pod and run env`: its credentials stand there in the open. */
function entersForEnvironment(clause: Clause): boolean {
	const enters = spoken(clause, 'exec shell ssh attach enter inside terminal bash sh kubectl_exec 접속 들어가 셸 쉘');
	const prints =
		spoken(clause, 'env printenv environ environment 환경변수 환경_변수') ||
		/\b(?:run|type|execute|call) set\b/i.test(clause.text) ||
		/\/proc\/(?:1|self)\/environ|\/var\/run\/secrets|serviceaccount\/token/.test(clause.text);
	if (/\b(?:cat|less|head|tail|more|cp|scp|curl)\s+\S*\/\S*(?:secret|token|passw|credential|\.ssh|\.aws|\.kube)/i.test(clause.text))
		return true;
	// A probe or a hook of what is made runs a command by itself.
	if (/\bprobes?\b|\bpre-?stop\b|\bpost-?start\b|\bhook\b|프로브|훅/i.test(clause.text) && makes(clause)) return false;
	return enters && (prints || spoken(clause, credentials));
}

const why = ({language}: Clause) =>
	language === 'ko'
		? '비밀 값은 보여주지 않습니다. 시크릿의 키 이름과 어떤 워크로드가 쓰는지는 알려줄 수 있습니다. 워크로드에는 시크릿 키 참조로 연결하고, 값을 바꿀 때는 파일이나 환경변수에서 읽게 하세요: mkcoa deploy secret --help'
		: 'Secret values are never shown. I can tell the names of the keys and which workloads use them. A workload takes a value by a reference to the key; to change one, have it read from a file or an environment variable: mkcoa deploy secret --help';
