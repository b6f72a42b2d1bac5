import {beginsWithVerb} from './imperatives.ts';
import {oneOf} from './one-of.ts';

/** What may stand before an order and says nothing of it: manners, a call, an adverb, a time. */
const filler = new RegExp(
	`^(?:${oneOf(`
		please | pls | plz | kindly | thanks | thank you | cheers | sorry
		| (?:hey|hi|hello)(?: there| all| team| folks)? | yo | ok | okay | right | well | alright | yes | yeah | yep | sure | great | good | oh | ah | hm+
		| team | folks | all | everyone | so | also | and | then | but | or | now | first | second | next | finally | lastly | afterwards | instead | meanwhile
		| just | simply | quickly | quick | really | urgent | urgently | asap | again | once more | additionally | therefore | hence | otherwise | still | not | only | always
		| tonight | today | tomorrow | (?:this|next|on|every|over the) (?:morning|afternoon|evening|week|weekend|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)
		| to | you | you can | we can | go ahead and | feel free to | be sure to | make sure to | remember to | try to | do me a favou?r and | be so kind (?:as to|and)
		| the plan | task | todo | action | request | ticket | new | step \\d+ | \\d+[.)] | [-*•]
	`)}(?:\\s*[,:!.-]+\\s*|\\s+))`,
);

/** `if you have a minute`, `whenever you can`: manners, no condition. */
const leisure = new RegExp(
	`^(?:if|when|whenever|once) ${oneOf(`
		(?:you|u)(?:'ve got| have| get| find| can spare| can| could| don't mind| wouldn't mind| would| want| like| please)?(?: (?:a|some|any|the))?(?: (?:free|spare|quick))?(?: (?:minute|min|moment|mo|sec|second|chance|time|opportunity))?
		| (?:it's |that's |it is |at all )?(?:possible|ok|okay|fine|convenient|not too much trouble)
	`)}(?:,\\s*|\\s+(?=(?:please|can|could|would|will|i)\\b))`,
);

const place =
	/^(?:(?:in|on|for|from|at|inside|within|under|across|over in|over on)\s+(?:the\s+|namespace\s+|ns\s+)?[\w.-]+(?:\s+(?:namespace|ns|cluster|node|env|environment|account|side|too|now|please))*,?\s+)(?=\S)/;

/** `after today's incident we'd like …`: why somebody wishes it. */
const occasion =
	/^(?:after|following|given|because of|due to|in view of|with) (?:[\w'-]+ ){1,4}?(?=(?:i|we)(?:'d| would)? (?:need|want|like|love|prefer)\b)/;

/** `if you have a minute, restart web` without the minute. */
export const withoutLeisure = (text: string): string => text.slice((leisure.exec(text.toLowerCase())?.[0] ?? '').length);

/** A part without its manners. */
export function withoutManners(part: string): string {
	const rest = part.replace(leisure, '').replace(filler, '').replace(occasion, '').trimStart();
	return rest === part ? part : withoutManners(rest);
}

/** A part from its verb on, where manners or a place stand before it: `in staging please scale web`. */
export function fromVerb(part: string): string {
	const rest = withoutManners(part);
	const behind = withoutManners(rest.replace(place, ''));
	return beginsWithVerb(behind) || /^(?:what|which|who|whose|how|why)\b/.test(behind) ? behind : rest;
}
