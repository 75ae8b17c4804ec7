"""The network, opened nowhere else: asks for addresses politely, within limits, and never in private networks.

    async with Net(agent_for(repository), Limits(delay=2)) as net:
        answer = await net.ask("https://www.example.org/page")
        if answer.ok:
            ...  # answer.text, answer.media_type, answer.final, answer.hops
        else:
            ...  # answer.status, answer.trouble, answer.said: a sentence for people

Whatever the world does wrong is told by the `Answer`; nothing is raised for it. A program's own interface (of a web
archive, say) is asked with `as_robot=False`: robots.txt is for those who read pages by themselves.
"""

from chronicle.net.answer import Answer, Hop, Limits, Trouble
from chronicle.net.client import Net, agent_for

__all__ = ["Answer", "Hop", "Limits", "Net", "Trouble", "agent_for"]
