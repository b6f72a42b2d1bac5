/** `v1.36.3+k3s1` → 36; undefined for what is no version. */
export function minorOf(version: string): number | undefined {
	const match = /^v?1\.(\d+)/.exec(version);
	return match === null ? undefined : Number(match[1]);
}

/** Minor releases that a kubelet may be older than its API server. https://kubernetes.io/releases/version-skew-policy/ */
const mostOlder = 3;

/** What the skew policy has against a kubelet; undefined where it has nothing, or where a version tells nothing. */
export function skewProblem(server: string, kubelet: string): string | undefined {
	const [own, theirs] = [minorOf(server), minorOf(kubelet)];
	if (own === undefined || theirs === undefined) return undefined;
	if (theirs > own) return `kubelet ${kubelet} is newer than the API server ${server}`;
	return own - theirs > mostOlder
		? `kubelet ${kubelet} is ${own - theirs} minor releases older than the API server ${server}, and ${mostOlder} are supported`
		: undefined;
}
