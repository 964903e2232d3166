/** What ends a sentence or closes a bracket around an address is not part of it. */
const addresses = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/i;

/** Plain words that somebody wrote, in which addresses can be followed. */
export const Linked = ({ text }: { text: string }) =>
  text.split(addresses).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
      <a key={at} href={part} target="_blank" rel="noopener noreferrer nofollow" className="link">
        {part}
      </a>
    ),
  );
