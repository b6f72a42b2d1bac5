import {isAddress, isImage, isPath, isVersion} from '../../words/values.ts';
import type {Mention} from './mentions.ts';
import {plainAt, type Wish} from './wish.ts';

/** Words of requests that stand where a name could stand, and are none. */
const grammar = new Set(
	`but though yet a an the this that these those it its them they there here in into inside within on at of for from to by with without and or plus also as is are be was should must may might can will
	would could shall please new one two three four five six ten single another each every all any both some no not only own same other existing default named called call name names make create add set up run
	running use using uses take takes give gives need needs unchanged alike identical identically unmodified intact likewise respectively roll rolled rollout want i we me us him them my our you your he she so then than if when while where who which what how do does don't let lets
	put get list watch read write keep kept wait allow allows deny denies image images container containers port ports env environment variable variables label labels labelled labeled
	annotation request requests limit limits memory cpu cpus core cores ram storage class size volume volumes disk replica replicas command args argument arguments path host hosts tls key keys value values file
	schedule every daily nightly hourly weekly between at-least most least max min maximum minimum up down per average target headless clusterip nodeport loadbalancer internal external public
	type selector selects selecting selected behind front pointing points forwarding forwards exposing exposes expose reachable reachable-from access inside outside cluster cluster-wide clusterwide across traffic
	incoming outgoing ingress egress user users group groups account accounts right rights permission permissions verbs resources resource bind binds bound binding that's i'd we'd whose called: mounted mount mounts
	based right now once again today later also too just quick small little simple basic plain empty fresh temporary separate dedicated governed backed needed required going goes go sends send route routes routing
	protect protects protected protecting cap caps capped scale scales scaling restart never always onfailure spare like having has have out off over under until after before
	where's secret configmap web-facing tcp udp http https opaque immutable of: role roles clusterrole rolebinding rolebindings clusterrolebinding binding bindings policy policies networkpolicy service services svc pod pods deployment deployments
	statefulset statefulsets daemonset namespace namespaces ns configmaps cm secrets job jobs cronjob cronjobs pvc pvcs claim claims quota quotas limitrange hpa pdb budget autoscaler ingresses sa serviceaccount experiments kind literal literals data directory directory: current nodes node stays stay suspend suspended otherwise blocks pull copy copies annotate annotated annotating
	nothing something anything everything whole entire complete wanted none nobody somebody everybody more less fewer enough extra additional further bare throwaway special ordinary usual normal regular available unavailable except only never
	ever often maybe perhaps whichever whatever whoever wherever whenever either neither such very really still yet soon already away back together alone apart instead rather thanks thank lying along around about
	again almost already altogether anyway besides beyond despite during however meanwhile nor though although unless unlike whether within therefore thus hence via per`
		.split(/\s+/)
		.filter(Boolean),
);

const nameLike = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** `limits.cpu 12`: what a quota counts. */
const quotaKey = /^(?:(?:limits|requests)\.(?:cpu|memory|storage|ephemeral-storage)|count\/[\w.-]+|services\.(?:nodeports|loadbalancers))$/;

/** `tagged team=web`, `bearing team=web`: how it is marked; `namespace shared team=web` is called so. */
const bears = (wish: Wish, at: number) =>
	wish.words[at]?.stop === undefined &&
	/=/.test(wish.words[at + 1]?.raw ?? '') &&
	(marking.test(plainAt(wish, at)) || (/^[a-z]{3,}(?<!e)ed$/.test(plainAt(wish, at)) && wish.words[at - 1]?.stop !== undefined));
const marking =
	/^(?:tagged|tagging|marked|marking|labell?ed|annotated|stamped|flagged|badged|branded|decorated|equipped|endowed|adorned|bearing|carrying|wearing|holding|having|showing|sporting|reading|saying|containing)$/;

/** Whether a word may be the name of an object: not grammar, not an amount, not an image, an address, or a path. */
export function isNameWord(wish: Wish, at: number): boolean {
	const word = wish.words[at];
	if (word === undefined || !nameLike.test(word.raw) || !/[a-z]/.test(word.raw)) return false;
	if (!word.quoted && grammar.has(word.raw)) return false;
	if (!word.quoted && (quotaKey.test(word.raw) || bears(wish, at))) return false;
	if (isPath(word) || isAddress(word) || isVersion(word) || (isImage(word) && /[/:]/.test(word.raw))) return false;
	return (
		!wish.amounts.some(({first, last}) => at >= first && at <= last && !word.quoted) &&
		!/^(?:\d+(?:\.\d+)?[a-z]{1,2}|x\d+)$/i.test(word.raw)
	);
}

/** `port 7946 named gossip`, `the port called https` */
export const isOfPort = (wish: Wish, at: number) =>
	/^(?:ports?|포트|포트의)$/.test(plainAt(wish, at - 1)) ||
	(/^\d+(?:\/(?:tcp|udp))?$/.test(plainAt(wish, at - 1)) &&
		wish.words[at - 1]?.stop !== '.' &&
		[2, 3, 4].some(back => /^(?:ports?|->|포트)$/.test(plainAt(wish, at - back))));

/** `키 이름은 token`: the name of a port or a key, not of an object. */
const namesPart = (wish: Wish, at: number) =>
	/^(?:containers?|컨테이너는?) (?:is|should be|shall be|will be)$/.test(`${plainAt(wish, at - 2)} ${plainAt(wish, at - 1)}`) ||
	/^(?:keys?|containers?|volumes?|secrets|configmaps|pods|키|키의|컨테이너|볼륨)$/.test(plainAt(wish, at - 1)) ||
	isOfPort(wish, at);

const joins =
	/^(?:a|an|the|it|its|to|in|on|of|for|from|with|and|or|as|is|are|by|at|this|that|them|both|after|under|role|binding|policy|service|job|so)$/;

/** Right behind "named" even a word of the language is a name: `a ConfigMap named limits`. */
const isCalledSo = (wish: Wish, at: number) => {
	const word = wish.words[at];
	return (
		word !== undefined &&
		/^(?:named|called)$/.test(plainAt(wish, at - 1)) &&
		nameLike.test(word.raw) &&
		/[a-z]/.test(word.raw) &&
		!joins.test(word.raw)
	);
};

const called = /^(?:named|called|name|names|이름|명칭|이름이|이름은|이름을|이름으로)$/;
const between =
	/^(?:it|is|be|as|to|of|that|this|the|them|both|policy|binding|role|job|service|pod|quota|budget|autoscaler|claim|ingress|account|secret|map|configmap|deployment|namespace|set|cronjob|one|object|:|이|은|는|둘|다|모두|똑같이|똑같은|같은|동일하게|각각|both|simply|just|likewise)$/;

/** `call it web-lb`, `and call the service web-lb`; `clients will call web` and `call the map provider` name nothing. */
const christens = (wish: Wish, at: number) =>
	(at === 0 ||
		wish.words[at - 1]?.stop !== undefined ||
		/^(?:and|please|then|just|also|so|but|we|i|you|let's|can|could|to|—|-|–)$/.test(plainAt(wish, at - 1)) ||
		/^(?:it|them|the|this|that|both|these)$/.test(plainAt(wish, at + 1))) &&
	!(plainAt(wish, at + 1) === 'the' && isNameWord(wish, at + 2));

/** `use web-reader for the role and its binding`, `take web-in as the name`. */
const isUsedFor = (wish: Wish, at: number) => {
	const behind = [3, 4, 5].map(step => plainAt(wish, at + step));
	const what = behind.find(word => !/^(?:the|its|their|both)$/.test(word)) ?? '';
	return (
		/^(?:use|take|pick|choose)$/.test(plainAt(wish, at)) &&
		isNameWord(wish, at + 1) &&
		/^(?:for|as)$/.test(plainAt(wish, at + 2)) &&
		(/^(?:role|binding|rolebinding|policy|name|names)$/.test(what) || plainAt(wish, at + 3) === 'both')
	);
};

/** Names that are given as such: `named x`, `call it x`, `name: x`, `이름은 x`. Index of the word. */
export function statedNames(wish: Wish, isOfOther: (wish: Wish, at: number) => boolean = namesPart): readonly number[] {
	const english = wish.words.flatMap((_, at) => {
		const word = plainAt(wish, at);
		if (isUsedFor(wish, at)) return [at + 1];
		const isOther = /^(?:same|user|host|domain|class|file|first|last|path|display|server|common)$/.test(plainAt(wish, at - 1));
		const isCall = !isOther && (called.test(word) || (word === 'call' && at + 1 < wish.words.length && christens(wish, at)));
		if (!isCall || isOfOther(wish, at)) return [];
		for (let index = at + 1; index <= at + 8 && index < wish.words.length; index += 1) {
			if (isNameWord(wish, index) || (index === at + 1 && isCalledSo(wish, index))) return [index];
			if (!between.test(plainAt(wish, index)) && !/^(?:and|네트워크|서비스)$/.test(plainAt(wish, index))) return [];
		}
		return [];
	});
	// `use ci-reader for role and binding`
	const used = wish.words.flatMap((_, at) =>
		(/^(?:use|take)$/.test(plainAt(wish, at - 1)) || wish.words[at - 1]?.stop === '.') &&
		isNameWord(wish, at) &&
		/^(?:for|as) (?:both|its|the|role|binding|name|cluster)/.test(`${plainAt(wish, at + 1)} ${plainAt(wish, at + 2)}`)
			? [at]
			: [],
	);
	// `web-in will do as the policy's name`, `web-in is its name`
	const serving = wish.words.flatMap((word, at) =>
		isNameWord(wish, at) &&
		word.stop === undefined &&
		/^ (?:(?:will|would|should) (?:do|serve) (?:as|for)|(?:is|as)) (?:the|its|their|a)(?: [\w-]+'s?)? names?\b/.test(
			wish.text.slice(indexOfWord(wish, at) + word.raw.length),
		)
			? [at]
			: [],
	);
	const korean = wish.words.flatMap((word, at) => {
		const behind = wish.text.slice(indexOfWord(wish, at) + word.raw.length);
		return isNameWord(wish, at) &&
			/^["'`”’]? ?(?:이라는|라는|이라고|라고|이란|란 이름| ?이름으로|\(?이\)?라 ?하는|(?:으로|로|이라고|라고) (?:이름|명명|부르)|(?:이)?라는 이름)/.test(
				behind,
			)
			? [at]
			: [];
	});
	return [...english, ...used, ...serving, ...korean].toSorted((left, right) => left - right);
}

/** Offset in the text of a word: the words before it are passed first, so that a name that stands twice is told apart. */
export function indexOfWord({text, words}: Pick<Wish, 'text' | 'words'>, at: number): number {
	let from = 0;
	for (let index = 0; index <= at; index += 1) {
		const found = text.indexOf(words[index]?.raw ?? '', from);
		if (found < 0) continue;
		if (index === at) return found;
		from = found + (words[index]?.raw.length ?? 0);
	}
	return from;
}

/** Words of the language that people name settings after: `a ConfigMap limits in shop`. */
const nouns =
	/^(?:limits?|labels|settings?|values|images|volumes|ports|keys|hosts|quotas?|caps?|env|config|memory|storage|schedule|path|paths|rights|access|budget|caps|defaults|bounds|sizes|claims)$/;

/** `create a pod once in staging`: what is created is called so; what runs may do it once. */
const adverbs = /^(?:once|now|again|later|soon|maybe|always|never|today|only|too|also|ever|often|yet|still|already)$/;
const isCalledAdverb = (wish: Wish, {first, last}: Mention) =>
	adverbs.test(plainAt(wish, last + 1)) &&
	wish.words[last]?.stop === undefined &&
	/^(?:in|with|for|from|on)$/.test(plainAt(wish, last + 2)) &&
	!/^(?:runs?|start|launch|trigger|execute)$/.test(plainAt(wish, 0)) &&
	/^(?:an?|new|create|make|add|pod|job|deployment|the)$/.test(plainAt(wish, first - 1) || plainAt(wish, first));

/** Adjectives that workloads are called by: `deployment front in staging`, `front 디플로이먼트`. */
const titles = /^(?:front|spare|main|internal|external|public|target|basic|simple|fresh|special|extra|bare|empty|temporary|current)$/;
const isWorkload = /^(?:Pod|Deployment|StatefulSet|DaemonSet|CronJob|Job)$/;
function titledAt(wish: Wish, {first, last}: Mention): number | undefined {
	if (wish.words[last]?.stop === undefined && titles.test(plainAt(wish, last + 1)))
		if (wish.language === 'ko' || /^(?:in|with|for|from|on)$/.test(plainAt(wish, last + 2))) return last + 1;
	return wish.language === 'ko' && titles.test(plainAt(wish, first - 1)) ? first - 1 : undefined;
}

/** `set up eta as a deployment`, `run sweep in oven as a cron job`, `set up iota and kappa as namespaces`: the nearest such name before. */
function titleOf(wish: Wish, first: number, free: (at: number) => boolean): number | undefined {
	const as = /^(?:an?|one)$/.test(plainAt(wish, first - 1)) ? first - 2 : plainAt(wish, first).endsWith('s') ? first - 1 : undefined;
	if (as === undefined || plainAt(wish, as) !== 'as') return undefined;
	for (let at = as - 1; at >= Math.max(0, as - 3) && wish.words[at]?.stop === undefined; at -= 1) if (free(at)) return at;
	return undefined;
}

const isObject = (wish: Wish, at: number) => /^\S*[을를] /.test(wish.text.slice(indexOfWord(wish, at)));

/** `파드를 web-1로 띄워줘` */
const isNamedSo = (wish: Wish, at: number) =>
	/^["'`]?(?:으로|로|라고|이라고|라는|이라는)(?=[ ,.])/.test(wish.text.slice(indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0)));

/** The name that stands beside a kind: `deployment eta`, `eta deployment`, `eta 디플로이먼트`, `eta-pdb: budget`. */
export function nameBeside(wish: Wish, {kind, first, last}: Mention, isTaken: (at: number) => boolean): number | undefined {
	// `서비스 하나 x`, `롤이랑 바인딩 둘 다 x`
	let skip = last + 1;
	while (/^(?:하나|한개|1개|둘|다|둘다|모두)$/.test(plainAt(wish, skip))) skip += 1;
	const isNoun = (at: number) =>
		nouns.test(plainAt(wish, at)) &&
		(at > last
			? /^(?:in|with|for|there)$/.test(plainAt(wish, at + 1)) ||
				// `a quota caps of 5 pods`: no plural follows one of something.
				(plainAt(wish, at + 1) === 'of' && /s$/.test(plainAt(wish, at)) && /^an?$/.test(plainAt(wish, first - 1))) ||
				wish.text.slice(indexOfWord(wish, at)).startsWith(`${wish.words[at]?.raw} (`)
			: /[가-힣]/.test(wish.words[first]?.raw ?? ''));
	const free = (at: number) => at >= 0 && (isNameWord(wish, at) || isNoun(at)) && !isTaken(at);
	const stopOf = (at: number) => wish.words[at]?.stop;
	if (isWorkload.test(kind)) {
		const called = titledAt(wish, {kind, first, last});
		if (called !== undefined && !isTaken(called)) return called;
	}
	if (isCalledAdverb(wish, {kind, first, last}) && !isTaken(last + 1)) return last + 1;
	const titled = titleOf(wish, first, free);
	if (titled !== undefined) return titled;
	// `sugar PVC를 flour와 같은 크기로`: what stands behind the object is no name of it.
	if (isObject(wish, last) && !isNamedSo(wish, skip)) return stopOf(first - 1) === undefined && free(first - 1) ? first - 1 : undefined;
	if (stopOf(last) !== '.' && stopOf(last) !== ',' && stopOf(skip - 1) !== ',' && stopOf(skip - 1) !== '.' && free(skip)) return skip;
	if (stopOf(first - 1) === undefined || (stopOf(first - 1) === ':' && first === 1)) return free(first - 1) ? first - 1 : undefined;
	return undefined;
}
