import type {Clause} from '../clause.ts';
import {isNearly} from '../words/nearly.ts';
import {numberOf} from '../words/number-words.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

/** Words with a hyphen that are no names: `read-only`, `three-day`, `scale-down`. */
const compound =
	/^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|five|six|seven|eight|nine|ten|non|re|pre|post|un|self|semi|multi|anti|co|over|under|sub|cross|auto|well|once|one|two|three|four|first|second|third|last|half|full|all|any|day|week|month|hour|minute|read|write|long|short|high|low|best|built|scale|scaled|roll|rolled|load|time|start|run|follow|on|off|in|out|up|down|get|go|e|x|by|to|as|so|left|right|hard|soft|pod|cpu|memory|host|config|stateful|daemon|cron|service|network|role|node|name|label|end|public|server|back|break|back-off|blue-green|rate|per|in-place|mid|ad|opt|old|new|top|real|never|ever|same|single|double|general|common|crash|image|key|value|access|file|root)-|-(?:only|once|wide|based|related|less|free|ready|proof|like|style|side|facing|specific|aware|driven|scoped|level|long|old|minutes?|seconds?|hours?|days?|weeks?|months?|years?|down|up|in|out|off|on|over|back|end|one|to|by|the|and|time|term|purpose|first|looping|loop|backed|hungry|balancer|facing|writable|readable|able|ed|ing|limiting|intensive|heavy|handed)$|^(?:kube-system|default-deny|deny-all|allow-all)$/;

/** `to run pg-dump from`, `redis-cli 칠 파드`: what somebody is going to use there. */
const isTool = (name: string, text: string) =>
	new RegExp(
		`\\b(?:to|for) (?:us(?:e|ing)|run(?:ning)?|try(?:ing)?|test(?:ing)?|debug(?:ging)?|typ(?:e|ing)|call(?:ing)?|(?:poke|look)(?:ing)? (?:at|around|into)) (?:some |the |a |our )?${name}(?![\\w-])|(?<![\\w-])${name}(?:을|를|로|으로)? ?(?:칠|칠려|돌려 ?볼|돌릴|써 ?볼|쓸|실행할|실행해 ?볼|테스트|확인용|시험|접속용|용 )`,
		'i',
	).test(text);

const nameLike = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/**
 * A name in a request that its plan knows nothing of: a word that only a name is written like and nothing live has. A plan beside it would make or change
 * something else than the one that was named.
 */
export async function unexplainedName({text, words}: Clause, planned: string, world: World): Promise<string | undefined> {
	// An image is called like what runs it, and is not it.
	const named = planned.replaceAll(/[\w.-]+(?:\/[\w.-]+)+(?::[\w.-]+)?/g, ' ');
	const unknown = words.filter(
		({raw}) => nameLike.test(raw) && !compound.test(raw) && numberOf(raw) === undefined && !named.includes(raw) && !isTool(raw, text),
	);
	if (unknown.length === 0) return undefined;
	const live = (await Promise.all([...namedKinds, 'Namespace', 'Pod'].map(kind => world.objects(kind)))).flat();
	// What is live may stand in the background: others look at that. A name with a slip means the one that it nearly is.
	const isLive = (name: string) => live.some(object => isNearly(name, object.metadata.name) || JSON.stringify(object).includes(name));
	return unknown.find(({raw}) => !isLive(raw))?.raw;
}
