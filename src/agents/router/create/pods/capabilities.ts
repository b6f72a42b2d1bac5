import type {JsonObject} from '../../../../core/json.ts';

/** Capabilities as Linux names them, without the prefix that manuals have. */
const known =
	`ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE
	LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT
	SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM`.split(/\s+/);
const name = new RegExp(`(?<![\\w-])(?:CAP_)?(${known.join('|')})(?![\\w-])`, 'g');
const all =
	/\b(?:drop(?:s|ped|ping)?|without|remov\w+|no)(?: (?:all|any|every))?(?: of)?(?: the| its)?(?: linux)? capabilit(?:y|ies)\b|\ball(?: linux)? capabilities (?:are )?(?:dropped|removed)|모든 ?(?:케이퍼빌리티|캐퍼빌리티|capabilit\w+)\S* ?(?:제거|빼|드롭|drop|버리|삭제)[가-힣]*|(?:케이퍼빌리티|캐퍼빌리티|capabilit\w+)\S* ?(?:는 |은 |를 |을 )?(?:전부|모두|다) ?(?:제거|빼|드롭|drop|버리|삭제)[가-힣]*/i;
const subject = /capabilit|\bcaps?\b|케이퍼빌|캐퍼빌|\bdrop\w*\b|드롭/i;
const drops = /\b(?:drop(?:s|ped|ping)?|remov\w+|without|minus|except)\b|제거|빼|드롭|버리|삭제/gi;
const adds = /\b(?:add(?:s|ed|ing)?|plus|with|gets?|needs?|keep(?:s|ing)?|grant\w*|only|back|but|except)\b|추가|붙|주고|허용|필요|달/gi;

/** How far the nearest of these words stands; in Korean it stands behind. */
const away = (text: string, at: number, pattern: RegExp, isKorean: boolean) =>
	Math.min(
		...[...text.matchAll(pattern)].map(({index}) => (index < at === !isKorean ? Math.abs(at - index) : Math.abs(at - index) + 40)),
		Number.POSITIVE_INFINITY,
	);

/** The capabilities that a container is said to get and to lose, and the text without their names. */
export function capabilitiesIn(text: string): {readonly capabilities: JsonObject | undefined; readonly rest: string} {
	if (!subject.test(text)) return {capabilities: undefined, rest: text};
	const isKorean = /[가-힣]/.test(text);
	const named = [...text.matchAll(name)].map(({1: capability = '', index}) => ({
		capability,
		isDropped:
			capability === 'ALL'
				? !/추가|\badd/i.test(text) || away(text, index, drops, isKorean) <= away(text, index, adds, isKorean)
				: away(text, index, drops, isKorean) < away(text, index, adds, isKorean),
	}));
	const drop = [
		...new Set([...(all.test(text) ? ['ALL'] : []), ...named.filter(({isDropped}) => isDropped).map(({capability}) => capability)]),
	];
	const add = [...new Set(named.filter(({isDropped}) => !isDropped).map(({capability}) => capability))];
	if (drop.length + add.length === 0) return {capabilities: undefined, rest: text};
	return {
		capabilities: {...(add.length === 0 ? {} : {add}), ...(drop.length === 0 ? {} : {drop})},
		rest: text.replace(all, ' ').replace(name, ' '),
	};
}
