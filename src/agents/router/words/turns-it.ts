import {ordersOutright} from './mood/mood-of.ts';

const number = '(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)';
const unit = '(?:\\s?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|days?))?';
const version = '(?:[a-z0-9][\\w./-]*:)?v?\\d+(?:\\.\\d+)+[\\w.-]*|[a-z0-9][\\w./-]*:v?\\d[\\w.-]*';
/** How it stands: `asks for 2 available pods`, `is at 512Mi`, `still uses app:1.2`. */
const stands = new RegExp(
	`^(?<what>.+?)\\s+(?:still\\s+|currently\\s+|only\\s+|now\\s+|already\\s+)*(?:is|are|has|have|runs?|uses?|allows?|permits?|asks for|needs?|wants?|wait(?:s|ing)? for|waits?|keeps?|tops out|stands|sits|gets?|takes?|sets?|holds?|goes|says|reads|declares|requests?|reserves?|checks?|fails?|expires?)\\s+(?:still\\s+|currently\\s+|only\\s+|set\\s+|at\\s+|on\\s+|to\\s+|up\\s+to\\s+|with\\s+|after\\s+|every\\s+|an?\\s+|the\\s+|just\\s+)*(?<field>(?:[a-z]+\\s+){1,3}of\\s+)?(?:(?<version>${version})|(?:${number}|\\d[\\w.%]*)${unit})(?:\\s+(?<more>[^,;.]+))?$`,
	'i',
);
const value = `(?:\\S*\\d\\S*?|${number}|zero|none)`;
const turning = new RegExp(
	`(?<before>(?:[^.;!?]|\\.(?=\\S))+?)(?:[,;]|[.!](?=\\s)|\\s[-–—])\\s+(?:please\\s+|so\\s+|and\\s+|but\\s+|just\\s+)*(?:(?<verb>raise|lower|bring|set|change|take|cut|reduce|increase|turn|drop|push|bump)\\s+(?:that|it|this|them)\\s+(?:up\\s+|down\\s+|back\\s+)?to|make\\s+(?:that|it|this|them))\\s+(?<to>${value}${unit})(?=\\s*(?:$|[.,;!]|from (?:now|tonight|today)|please|instead|now|for now))(?<end>\\s+(?:from (?:now on|tonight|today)|please|instead|now|for now))?`,
	'gi',
);

/**
 * An order that gives another value to what is told before, said in one: `the budget of web asks for 2 available pods, lower that to 1` → `lower the budget of web
 * available pods to 1`. What `that` means is what was told, and never the number of pods of whatever has it.
 */
export function valuesTurned(request: string): string {
	return request.replaceAll(turning, (said, ...rest) => {
		const {before = '', verb = 'set', to = ''} = rest.at(-1) as {readonly [name: string]: string | undefined};
		const lead = /^\s*/.exec(before)?.[0] ?? '';
		const told = stands.exec(before.trim())?.groups;
		if (
			told?.what === undefined ||
			ordersOutright(before) ||
			/\b(?:if|when|once|should|whether|in case|provided|assuming|as long as|unless|while)\b/i.test(before)
		)
			return said;
		const what =
			told.version === undefined
				? [told.what, told.field?.replace(/\s+of\s+$/, ''), told.more].filter(Boolean).join(' ')
				: `the image of ${told.what}`;
		return `${lead}${verb} ${what} to ${to}`;
	});
}
