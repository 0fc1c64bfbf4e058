"""What tests/blackbox/libraries_discordpy.test.mjs asks of discord.py: bot.py API_URL GATEWAY_URL TOKEN GUILD CHANNEL

Prints `registered` when its commands are, answers interactions until standard input ends, and prints `all well`."""
import asyncio
import io
import sys
import traceback

import discord
import yarl
from discord import app_commands

api, gateway, token, guild_id, channel_id = sys.argv[1:]
discord.http.Route.BASE = api
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
guild_object = discord.Object(int(guild_id))


class Form(discord.ui.Modal, title="Form"):
    name = discord.ui.TextInput(label="Name", custom_id="name")

    async def on_submit(self, interaction):
        await interaction.response.send_message(str(self.name), ephemeral=True)


class Panel(discord.ui.View):
    @discord.ui.button(label="Press", custom_id="press")
    async def press(self, interaction, _button):
        await interaction.response.edit_message(content="Pressed", view=None)


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents.all())
        self.tree = app_commands.CommandTree(self)


bot = Bot()


@bot.tree.command(guild=guild_object)
async def everything(
    interaction,
    text: str,
    count: int,
    flag: bool,
    person: discord.Member,
    place: discord.TextChannel,
    rank: discord.Role,
    ratio: float,
    file: discord.Attachment,
):
    content = (await file.read()).decode()
    await interaction.response.send_message(
        f"{text} {count} {flag} {person.name} {place.name} {rank.name} {ratio} {content}", view=Panel()
    )


@bot.tree.command(guild=guild_object)
async def guess(interaction, what: str):
    await interaction.response.send_message(what)


@guess.autocomplete("what")
async def complete(_interaction, current):
    return [app_commands.Choice(name=f"{current}!", value=current)]


@bot.tree.command(guild=guild_object)
async def form(interaction):
    await interaction.response.send_modal(Form())


@bot.tree.context_menu(name="User")
async def on_user(interaction, user: discord.Member):
    await interaction.response.send_message(user.name)


@bot.tree.context_menu(name="Message", guild=guild_object)
async def on_message(interaction, message: discord.Message):
    await interaction.response.defer()
    await interaction.edit_original_response(content=f"On {message.content}")
    await interaction.followup.send("More", file=discord.File(io.BytesIO(b"text"), "note.txt"))


async def event(name, cause, check=lambda *_: True):
    waiting = asyncio.create_task(bot.wait_for(name, check=check, timeout=20))
    await asyncio.sleep(0)
    result = await cause
    return result, await waiting


async def refused(awaitable, code):
    try:
        await awaitable
    except discord.HTTPException as error:
        assert error.code == code, error
        return
    raise AssertionError("not refused")


async def messages(channel):
    message = await channel.send(
        "Hello",
        embed=discord.Embed(title="Embed").set_image(url="attachment://a.png"),
        files=[discord.File(io.BytesIO(b"one"), "a.png", description="First"), discord.File(io.BytesIO(b"two"), "b.txt")],
    )
    assert [await one.read() for one in message.attachments] == [b"one", b"two"]
    assert message.attachments[0].description == "First"
    _, (_, after) = await event("message_edit", message.edit(content="Edited"))
    assert after.content == "Edited"
    message = await message.remove_attachments(message.attachments[1])
    assert len(message.attachments) == 1
    await event("reaction_add", message.add_reaction("👍"))
    message = await channel.fetch_message(message.id)
    assert [user.id async for user in message.reactions[0].users()] == [bot.user.id]
    await event("reaction_remove", message.remove_reaction("👍", bot.user))
    await event("guild_channel_pins_update", message.pin())
    assert (await channel.pins())[0].id == message.id
    await message.unpin()
    gone = [await channel.send(str(number)) for number in range(3)]
    await event("bulk_message_delete", channel.delete_messages(gone))
    await refused(channel.fetch_message(gone[0].id), 10008)
    return message


async def threads(channel, message):
    thread, _ = await event("thread_create", message.create_thread(name="Thread"))
    await thread.send("In it")
    await thread.add_user(discord.Object(2000000000000000002))
    assert len(await thread.fetch_members()) == 2
    await event("thread_update", thread.edit(archived=True))
    assert [one.id async for one in channel.archived_threads()] == [thread.id]
    private = await channel.create_thread(name="Hidden", type=discord.ChannelType.private_thread)
    await event("thread_delete", private.delete())
    webhook, _ = await event("webhooks_update", channel.create_webhook(name="Herald"))
    news = await webhook.send("News", wait=True, username="Crier", file=discord.File(io.BytesIO(b"x"), "x.txt"))
    assert (await news.edit(content="Old news")).content == "Old news"
    await news.delete()
    await webhook.delete()


async def guild_parts(guild):
    assert len([member async for member in guild.fetch_members()]) == 4
    assert [member.nick for member in await guild.query_members("linus")] == ["Tux"]
    role, _ = await event("guild_role_create", guild.create_role(name="Red", colour=discord.Colour.red()))
    linus = guild.get_member(2000000000000000003)
    _, (_, after) = await event("member_update", linus.add_roles(role))
    assert role in after.roles
    await linus.edit(nick="Torvalds", roles=[])
    await linus.edit(nick="Tux")
    await role.edit(name="Blue", position=1)
    channel, _ = await event("guild_channel_create", guild.create_text_channel("made", topic="Topic"))
    _, (_, after) = await event("guild_channel_update", channel.set_permissions(role, view_channel=False))
    assert after.overwrites_for(role).view_channel is False
    await channel.set_permissions(role, overwrite=None)
    await channel.edit(topic="Other", slowmode_delay=5)
    invite = await channel.create_invite(max_age=60)
    await invite.delete()
    await event("guild_channel_delete", channel.delete())
    await event("guild_role_delete", role.delete())
    await refused(guild.me.kick(), 50013)
    try:
        await guild.integrations()
    except discord.HTTPException as error:
        assert "discord-sim does not have GET" in error.text, error.text


@bot.event
async def on_ready():
    try:
        guild = bot.get_guild(int(guild_id))
        assert guild.name == "Library" and guild.member_count == 4
        channel = guild.get_channel(int(channel_id))
        await threads(channel, await messages(channel))
        await guild_parts(guild)
        await bot.tree.sync()
        await bot.tree.sync(guild=guild_object)
        print("registered", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        print("all well", flush=True)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        await bot.close()


bot.run(token)
