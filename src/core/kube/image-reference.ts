const host = /(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?/;
const part = /[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*/;
const tag = /\w[\w.-]{0,127}/;
const digest = /sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}/;

const reference = new RegExp(`^((?:${host.source}/)?${part.source}(?:/${part.source})*)(?::(?:${tag.source}))?(?:@(?:${digest.source}))?$`);

/** Of the name without tag and digest. */
const longestName = 255;

/**
 * Whether a kubelet can read this as an image: `[HOST[:PORT]/]NAME[:TAG][@DIGEST]`, names in lower case. What it cannot read it answers with
 * InvalidImageName, in every new pod.
 * @see https://github.com/distribution/reference/blob/main/regexp.go
 */
export const isImageReference = (text: string): boolean => {
	const [, name] = reference.exec(text) ?? [];
	return name !== undefined && name.length <= longestName;
};

/** The rule as people can act on it. */
export const imageReferenceRule = 'names are in lower case, a tag has up to 128 letters, digits, dots and dashes';

/** `registry.example.com:5000/shop/web:1.2@sha256:…` → `registry.example.com:5000/shop/web`. */
export const repositoryOf = (image: string) => image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
